"""Checks of an editor's HTML: the order of headings, the texts of links, and the length of sentences.

All functions take time proportional to the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

#: Link texts that say nothing without the text around them (WCAG 2.2 SC 2.4.9), in lower case.
VAGUE_LINKS = frozenset(
    {
        *("tästä", "täältä", "tästä linkistä", "klikkaa tästä", "paina tästä", "linkki", "lue lisää", "lisätietoja"),
        *("här", "klicka här", "tryck här", "länk", "läs mer", "mer information"),
        *("here", "click here", "this link", "link", "read more", "more", "more information"),
    }
)
#: Words in one sentence. Plain language guides recommend fifteen to twenty.
LONG_SENTENCE = 30
#: What ends a text, so that a sentence does not go on over it.
BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "br"})
SENTENCE_END = re.compile(r"[.!?:;](?=\s)")


class _Parts(HTMLParser):
    """Collects the texts of the links, the levels of the headings and the blocks of text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.levels: list[int] = []
        self.blocks: list[str] = [""]
        self._link: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = ""
        if tag in BLOCKS:
            self.blocks.append("")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.links.append(self._link)
            self._link = None

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data
        if self._link is not None:
            self._link += data


def heading_levels(html: str) -> list[int]:
    """Return the levels of the headings in their order."""
    return _Parts(html).levels


def skips_a_level(levels: list[int], first: int = 2) -> bool:
    """Return whether a heading is more than one level below the one before it; the first may be of level ``first``."""
    before = [first - 1, *levels]
    return any(level > previous + 1 for previous, level in zip(before, levels, strict=False))


def vague_links(html: str) -> list[str]:
    """Return the texts of links that say nothing by themselves: "Lue lisää", or the address itself."""
    texts = (" ".join(link.split()) for link in _Parts(html).links)
    return [text for text in texts if text.lower().rstrip(".!»>: ") in VAGUE_LINKS or _is_address(text)]


def long_sentences(html: str) -> Iterator[str]:
    """Yield the sentences of more than ``LONG_SENTENCE`` words."""
    for block in _Parts(html).blocks:
        for sentence in SENTENCE_END.split(block):
            words = sentence.split()
            if len(words) > LONG_SENTENCE:
                yield " ".join(words)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "www.")) and " " not in text
