"""Strings with their formatting, as HTML that is safe to show: bold, italic and links look as they will on the page."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

from verkosto.localisation.paragraphs import BREAK

TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i", "code": "code", "a": "u"}


def formatted(text: str) -> SafeString:
    """Return a stored string as HTML. Links are underlined and lead nowhere; every other tag and attribute is left out."""
    writer = _Writer()
    writer.feed(text)
    writer.close()
    writer.parts += [f"</{tag}>" for tag in reversed(writer.open)]
    return mark_safe("".join(writer.parts))  # noqa: S308  (texts are escaped, tags are of TAGS)


def has_formatting(text: str) -> bool:
    """Return whether a string has bold or italic text or links."""
    return any(f"<{tag}>" in text or f"<{tag} " in text for tag in TAGS)


def links_in(text: str) -> dict[str, str]:
    """Return the texts of a string's links by wagtail-localize's ids of them, such as "a1"."""
    writer = _Writer()
    writer.feed(text)
    writer.close()
    return {link: "".join(parts).strip() for link, parts in writer.links.items()}


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[str] = []
        self.links: dict[str, list[str]] = {}
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("<br>")
        elif tag in TAGS:
            self.open.append(TAGS[tag])
            self.parts.append(f"<{TAGS[tag]}>")
        if tag == "a":
            self.link = dict(attrs).get("id") or ""
            self.links.setdefault(self.link, [])

    def handle_endtag(self, tag: str) -> None:
        name = TAGS.get(tag)
        while name in self.open:
            closed = self.open.pop()
            self.parts.append(f"</{closed}>")
            if closed == name:
                break
        if tag == "a":
            self.link = ""

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data).replace(BREAK, "<br><br>"))
        if self.link:
            self.links[self.link].append(data)
