import re

from django import template
from django.conf import settings
from django.db import models
from django.template import Context, TemplateDoesNotExist
from django.template.defaultfilters import filesizeformat as filesize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.documents.models import AbstractDocument
from wagtail.embeds import embeds
from wagtail.embeds.exceptions import EmbedException

from verkosto.core.email_addresses import readable_email
from verkosto.core.html import encode_entities, in_language, phone_digits
from verkosto.core.locales import active_language, lang_if_different, language_code_of
from verkosto.core.page_notices import page_notice_templates
from verkosto.core.share_links import share_links

register = template.Library()

FRAME = re.compile(r"<iframe\b[^<>]*?\bsrc=[\"']?([^\"'\s>]+)", re.IGNORECASE)
QUOTATION_MARKS = {"fi": ("”", "”"), "sv": ("”", "”"), "en": ("“", "”")}


@register.simple_tag
def email_link(address: str, text: str = "") -> SafeString:
    """Return a mailto link that browsers and screen readers read and plain-text address harvesters do not."""
    if not address:
        return SafeString("")
    encoded = encode_entities(address)
    label = format_html("{}", text) if text else encode_entities(readable_email(address))
    return format_html('<a class="email" href="{}{}">{}</a>', encode_entities("mailto:"), encoded, label)


@register.simple_tag
def phone_link(number: str) -> SafeString:
    """Return a tel link. The number has no-break spaces."""
    if not number:
        return SafeString("")
    return format_html('<a class="phone" href="tel:{}">{}</a>', phone_digits(number), number.replace(" ", "\u00a0"))


@register.simple_tag
def quoted(text: str) -> str:
    """Return the text in the quotation marks of the active language."""
    opening, closing = QUOTATION_MARKS.get((get_language() or "fi")[:2], ("“", "”"))
    return f"{opening}{text}{closing}"


@register.simple_tag
def comma_separated(*parts: str) -> SafeString:
    """Return the parts that are not empty, separated by commas, as HTML."""
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


@register.simple_tag
def lang_attribute_of(instance: models.Model | None, link: bool = False) -> SafeString:
    """Return the ``lang`` attribute for an element with a page's or entry's text; "" for the active language.

    With `link` also ``hreflang``. WCAG 2.2 SC 3.1.2, Language of Parts.
    """
    code = lang_if_different(instance)
    if not code:
        return SafeString("")
    return format_html(' lang="{}" hreflang="{}"' if link else ' lang="{}"', code, code)


@register.simple_tag
def lang_attribute(language_code: str) -> SafeString:
    """Return the ``lang`` attribute for text in a language; "" for the active language and for no language."""
    return format_html(' lang="{}"', language_code) if language_code not in ("", active_language()) else SafeString("")


register.filter(lang_if_different)
register.filter(readable_email)


@register.filter
def in_language_of(text: str | Promise, instance: models.Model | None) -> SafeString:
    """Mark up inline text of a page or entry with its language: ``{{ venue.name|in_language_of:venue }}``."""
    return in_language(text, language_code_of(instance))


@register.simple_tag(takes_context=True)
def app_part(context: Context, name: str, **inputs: object) -> SafeString:
    """Render a component of an app that may not be installed, with nothing but its inputs and the request.

    "" where the component is missing: ``{% app_part "verkosto_subscriptions/components/follow.html" kind="site" %}``.
    """
    engine = context.template.engine if context.template else None
    try:
        found = engine.get_template(name) if engine else None
    except TemplateDoesNotExist:
        found = None
    return found.render(context.new({"request": context.get("request"), **inputs})) if found else SafeString("")


@register.filter(name="in_language")
def in_language_filter(text: str | Promise, language_code: str) -> SafeString:
    """Mark up inline text with its language."""
    return in_language(text, language_code)


@register.simple_tag
def document_link(document: AbstractDocument, title: str = "") -> SafeString:
    """Return a link to a document, followed by its file type and size."""
    size = document.get_file_size()
    kind = document.file_extension.upper()
    return format_html(
        '<a href="{}" class="document">{}</a> <span class="document__kind">({})</span>',
        document.url,
        title or document.title,
        comma_separated(kind, filesize(size) if size else ""),
    )


@register.simple_tag
def embedded_media(url: object, title: str) -> SafeString:
    """Return the player of embedded media, or a link if there is none or its origin is not in ``VERKOSTO_EMBED_ORIGINS``.

    A content security policy allows players of these origins alone. Without any, no other server is asked.
    """
    address = getattr(url, "url", url)
    if not address:
        return SafeString("")
    origins = tuple(f"{origin}/" for origin in getattr(settings, "VERKOSTO_EMBED_ORIGINS", ()))
    try:
        html = embeds.get_embed(str(address), max_width=960).html if origins else ""
    except EmbedException:
        html = ""
    if not html or not all(source.startswith(origins) for source in FRAME.findall(html)):
        return format_html('<a href="{}" rel="external">{}</a>', address, title)
    return format_html('<div class="embed__frame" role="group" aria-label="{}">{}</div>', title, mark_safe(html))  # noqa: S308 - made by wagtail.embeds, from a known provider


register.simple_tag(share_links)
register.simple_tag(page_notice_templates)
