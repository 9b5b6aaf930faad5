"""The checklist of the page editor: what is allowed, but should be looked at before a page is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from verkosto.core.locales import language_name, site_languages
from verkosto.core.text_checks import LONG_SENTENCE, heading_levels, long_sentences, skips_a_level, vague_links

if TYPE_CHECKING:
    from verkosto.core.models import BasePage


@dataclass(frozen=True)
class Check:
    """Something to look at, as a sentence in the active language. ``field`` is the name of the form field, or ""."""

    text: str
    field: str = ""


def page_checks(page: BasePage) -> Iterator[Check]:
    """Yield what any page should have: clear texts, and a version in every language of the site.

    At most four queries, for images and translations.
    """
    yield from _image_checks(page)
    yield from _text_checks(page)
    versions = Page.objects.filter(translation_key=page.translation_key)
    codes = {*versions.values_list("locale__language_code", flat=True)}
    missing = [language_name(code) for code in site_languages() if code not in codes]
    if missing:
        yield Check(_("The page has no version in: %(languages)s.") % {"languages": ", ".join(missing)})


def _image_checks(page: BasePage) -> Iterator[Check]:
    if page.listing_image and not (page.listing_image_alt or page.listing_image.description):
        yield Check(_("The listing image has no alternative text."), "listing_image_alt")
    images = [block.value for block in page.body if block.block_type == "image"]
    if any(value["image"] and not (value["alt_text"] or value["image"].description) for value in images):
        yield Check(_("An image in the text has no alternative text."), "body")


def _text_checks(page: BasePage) -> Iterator[Check]:
    levels: list[int] = []
    for block in page.body.raw_data:
        if block["type"] == "heading":
            levels.append(int(block["value"]["level"][-1]))
        else:
            levels += [level for html in _texts(block["value"]) for level in heading_levels(html)]
    if skips_a_level(levels):
        yield Check(_("A heading skips a level: after a main heading comes a heading of the next level."), "body")
    for field, html in fields_with_html(page):
        if links := vague_links(html):
            text = _("A link says only “%(link)s”. Say where it leads.")
            yield Check(text % {"link": Truncator(links[0]).chars(60)}, field)
        for sentence in long_sentences(html):
            text = _("A sentence has more than %(words)s words: “%(start)s”")
            yield Check(text % {"words": LONG_SENTENCE, "start": Truncator(sentence).words(6)}, field)


def fields_with_html(page: BasePage) -> Iterator[tuple[str, str]]:
    """Yield each piece of rich text of a page with the name of its field. No query."""
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            yield field.name, getattr(page, field.attname)
    for block in page.body.raw_data:
        yield from (("body", html) for html in _texts(block["value"]))


def _texts(value: object) -> Iterator[str]:
    """Yield the pieces of HTML in the stored value of a block."""
    if isinstance(value, str) and value.startswith("<"):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _texts(part)
