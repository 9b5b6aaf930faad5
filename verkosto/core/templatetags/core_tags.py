from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat as filesize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.documents.models import AbstractDocument
from wagtail.embeds import embeds
from wagtail.embeds.exceptions import EmbedException
from wagtail.models import Page

from verkosto.core.locales import Alternate, active_language, alternates, foreign_language, language_of
from verkosto.core.markup import encode_entities, in_language, phone_digits
from verkosto.core.share import ShareLink, share_links

register = template.Library()

QUOTATION_MARKS = {"fi": ("”", "”"), "sv": ("”", "”"), "en": ("“", "”")}


@register.simple_tag
def email_link(address: str, text: str = "") -> SafeString:
    """A working mailto link; people and screen readers see the address, a plain-text harvester does not."""
    if not address:
        return SafeString("")
    encoded = encode_entities(address)
    label = format_html("{}", text) if text else encoded
    return format_html('<a class="email" href="{}{}">{}</a>', encode_entities("mailto:"), encoded, label)


@register.simple_tag
def phone_link(number: str) -> SafeString:
    """A tel link; the spaces of the number do not break over lines."""
    if not number:
        return SafeString("")
    return format_html('<a class="phone" href="tel:{}">{}</a>', phone_digits(number), number.replace(" ", "\u00a0"))


@register.simple_tag
def quoted(text: str) -> str:
    """The text between the quotation marks of the active language."""
    opening, closing = QUOTATION_MARKS.get((get_language() or "fi")[:2], ("“", "”"))
    return f"{opening}{text}{closing}"


@register.simple_tag
def joined(*parts: str) -> SafeString:
    """The parts that are not empty, with commas between, as HTML."""
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


@register.simple_tag
def foreign(thing: Any, link: bool = False) -> SafeString:
    """The `lang` attribute of an element with the words of a page or an entry, where they are not in the language of
    the page; with `link` also `hreflang`. WCAG 2.2 SC 3.1.2.
    """
    code = foreign_language(thing)
    if not code:
        return SafeString("")
    return format_html(' lang="{}" hreflang="{}"' if link else ' lang="{}"', code, code)


@register.simple_tag
def language_attribute(language_code: str) -> SafeString:
    """The same for words of which the language code is known; nothing for "" and for the language of the page."""
    return format_html(' lang="{}"', language_code) if language_code not in ("", active_language()) else SafeString("")


register.filter("foreign_language", foreign_language)


@register.filter
def in_language_of(text: Any, thing: Any) -> SafeString:
    """Words of a page or an entry within others: ``{{ venue.name|in_language_of:venue }}``."""
    return in_language(text, language_of(thing))


@register.filter(name="in_language")
def in_language_filter(text: Any, language_code: str) -> SafeString:
    """Words within others, of which the language code is known."""
    return in_language(text, language_code)


@register.simple_tag
def document_link(document: AbstractDocument, title: str = "") -> SafeString:
    """A link to a document with its type and size, as those who download want to know them."""
    size = document.get_file_size()
    kind = document.file_extension.upper()
    return format_html(
        '<a href="{}" class="document">{}</a> <span class="document__kind">({})</span>',
        document.url,
        title or document.title,
        joined(kind, filesize(size) if size else ""),
    )


@register.simple_tag
def embedded(url: object, title: str) -> SafeString:
    """The player of a medium elsewhere, or a plain link where there is none."""
    address = getattr(url, "url", url)
    if not address:
        return SafeString("")
    try:
        html = embeds.get_embed(str(address), max_width=960).html
    except EmbedException:
        html = ""
    if not html:
        return format_html('<a href="{}" rel="external">{}</a>', address, title)
    return format_html('<div class="embed__frame" role="group" aria-label="{}">{}</div>', title, mark_safe(html))  # noqa: S308 - wagtail.embeds made it, from a provider on its list


@register.simple_tag
def links_to_share(page: Page) -> list[ShareLink]:
    """Links with which a reader passes the page on."""
    return share_links(page)


@register.simple_tag
def page_alternates(page: Page) -> list[Alternate]:
    """Every language of the site with this page's address in it, for hreflang and the switcher."""
    return alternates(page)
