"""Paragraphs of a translated rich text that differ from those of its original: joined, split or added.

wagtail-localize makes one string of each paragraph or list item, and puts its translation in the same position. Two marks
in a translation change that when the strings are put together: an empty line begins a new paragraph, and `CONTINUES`
at the beginning joins a paragraph with the one above. So each string keeps its own translation, memory and history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail_localize.models import StringSegment, TemplateSegment, TranslationSource
from wagtail_localize.strings import StringValue

#: Begins a new paragraph or list item within a translation.
BREAK = "\n\n"
#: At the beginning of a translation: it continues the paragraph above. Alone, what is above says everything.
#: The word joiner (U+2060) before the arrow is in no text that a person types.
CONTINUES = "\u2060↑"
#: The elements that can be split, and joined with one of the same name.
SPLITTABLE = ("p", "li")
_BLOCKS = ("p", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th")
#: Stands for BREAK while a text is put together, so that empty lines of the original's HTML stay what they are.
_PLACEHOLDER = "\ue00b"

Strings = list[tuple[StringValue, dict[str, Any]]]


@dataclass(frozen=True)
class TextPosition:
    """Where a string stands in its rich text: the elements around it, innermost first, and what can be done there."""

    elements: tuple[str, ...] = ()
    may_split: bool = False
    may_join: bool = False


NOWHERE = TextPosition()


def is_continued(text: str) -> bool:
    """Return whether a translation continues the paragraph above."""
    return text.startswith(CONTINUES)


def without_mark(text: str) -> str:
    """Return a translation without the mark that joins it with the paragraph above."""
    return text.removeprefix(CONTINUES)


def with_breaks(text: str, position: TextPosition, *, has_line_breaks: bool) -> str:
    """Return a typed text with the paragraphs that its position allows.

    Where the original has line breaks, an empty line begins a paragraph; elsewhere each new line does.
    """
    if not position.may_split:
        return text
    paragraphs = _paragraphs(text, has_line_breaks=has_line_breaks)
    if len(paragraphs) == 1:
        return text
    first, *between, last = paragraphs
    return BREAK.join([first.rstrip(), *(part.strip() for part in between if part), last.lstrip()])


def _paragraphs(text: str, *, has_line_breaks: bool) -> list[str]:
    """Return the parts of a text between empty lines, or its lines; the first and the last may be empty."""
    first, *lines = text.split("\n")
    last = lines[-1:]
    if not has_line_breaks:
        return [first, *filter(str.strip, lines[:-1]), *last]
    parts = [[first]]
    for line in lines[:-1]:
        if line.strip():
            parts[-1].append(line)
        else:
            parts.append([])
    parts[-1] += last
    return ["\n".join(part) for part in parts]


def positions_of(source: TranslationSource, segments: Iterable[StringSegment]) -> dict[tuple[int, int], TextPosition]:
    """Return the positions of strings in rich texts by (string, context), for a source's segments in order. One query."""
    templates = TemplateSegment.objects.filter(source=source).select_related("template").order_by("order")
    by_context = {segment.context_id: positions_in(segment.template.template) for segment in templates}
    number: Counter[int] = Counter()
    found: dict[tuple[int, int], TextPosition] = {}
    for segment in segments:
        positions, index = by_context.get(segment.context_id, []), number[segment.context_id]
        number[segment.context_id] += 1
        if index < len(positions):
            found.setdefault((segment.string_id, segment.context_id), positions[index])
    return found


def positions_in(template: str) -> list[TextPosition]:
    """Return the positions of the strings of wagtail-localize's template, in their order."""
    return [_position(text) for text in BeautifulSoup(template, "html.parser").find_all("text")]


def restore(original: Callable[[str, Strings], str], template: str, strings: Strings) -> str:
    """Return a rich text put together from its strings, with paragraphs joined and split as they are marked.

    `original` is wagtail-localize's function for strings without marks.
    """
    if not any(BREAK in value.data or is_continued(value.data) for value, _attrs in strings):
        return original(template, strings)
    tokens = [(StringValue(value.data.replace(BREAK, _PLACEHOLDER)), attrs) for value, attrs in strings]
    soup = BeautifulSoup(original(template, tokens), "html.parser")
    for text in soup.find_all(string=lambda text: CONTINUES in str(text)):
        _join(text)
    while (found := soup.find(string=lambda text: _PLACEHOLDER in str(text))) is not None:
        _split(found)
    return str(soup)


def _position(text: Tag) -> TextPosition:
    block = text.find_parent(_BLOCKS)
    elements = tuple(parent.name for parent in text.parents if parent.name != "[document]")
    if block is None or block.name not in SPLITTABLE:
        return TextPosition(elements)
    above = _block_above(block)
    may_join = above is not None and _has_one_text(block) and _has_one_text(above)
    return TextPosition(elements, may_split=True, may_join=may_join)


def _has_one_text(block: Tag) -> bool:
    return len(block.find_all("text")) == 1


def _block_above(block: Tag) -> Tag | None:
    """Return the element that a block can be joined with: the one before it, of the same kind, with text alone."""
    above = block.find_previous_sibling()
    if above is None or above.name != block.name or block.name not in SPLITTABLE:
        return None
    return None if above.find(_BLOCKS) or block.find(_BLOCKS) else above


def _join(text: NavigableString) -> None:
    """Move the content of the block around a text that has the mark to the block above."""
    block = text.find_parent(_BLOCKS)
    text.replace_with(NavigableString(str(text).replace(CONTINUES, "")))
    above = _block_above(block) if block is not None else None
    if block is None or above is None:
        return
    if block.get_text(strip=True):
        above.append(" ")
        above.extend(list(block.contents))
    block.decompose()


def _split(text: NavigableString) -> None:
    """Begin a new block at the first token of a text, or leave a space where a block cannot be split."""
    before, _placeholder, after = str(text).partition(_PLACEHOLDER)
    block = text.find_parent(_BLOCKS)
    if block is None or block.name not in SPLITTABLE:
        text.replace_with(NavigableString(f"{before} {after}"))
        return
    right: list[Any] = [NavigableString(after), *text.next_siblings]
    parent = text.parent
    text.replace_with(NavigableString(before))
    while parent is not None and parent is not block:
        clone = Tag(name=parent.name, attrs=dict(parent.attrs))
        clone.extend(right)
        right = [clone, *parent.next_siblings]
        parent = parent.parent
    new = Tag(name=block.name)  # without the key that Wagtail's editor gives a block, which is unique
    new.extend(right)
    block.insert_after(new)
    for half in (block, new):
        if not half.get_text(strip=True):
            half.decompose()
