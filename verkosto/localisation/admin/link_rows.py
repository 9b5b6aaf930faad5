"""The external links of strings as the editor shows them, with the addresses that may be right in the other language."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import SegmentOverride, StringSegment, Translation

from verkosto.localisation.admin.formatted_text import links_in
from verkosto.localisation.workflow.own_links import (
    LINK_PATH_END,
    RefusedLink,
    external_links,
    link_field_name,
)
from verkosto.localisation.workflow.quality_checks import LANGUAGE_IN_URL

OWN_SITE = _(
    "This link leads to our own site. Use the address of the version in your language, or ask the author to link to "
    "the page itself: then each language leads to its own version."
)
OTHER_LANGUAGE = _("The address is of one language. Enter the address of the page in your language, if there is one.")
CHANGED = _("The original’s link has changed. The address that you used before is below.")


@dataclass
class LinkRow:
    """One link. `stored` is the address in this language, "" for the original's; `address` what its box shows."""

    context_id: int
    label: str
    original: str
    stored: str = ""
    address: str = ""
    error: str = ""
    hint: str | Promise = ""
    proposals: list[str] = field(default_factory=list)

    @property
    def field_name(self) -> str:
        return link_field_name(self.context_id, self.stored)

    @property
    def is_noticed(self) -> bool:
        """Whether the link is shown without being asked for."""
        return bool(self.address or self.error or self.hint)


def links_by_string(
    translation: Translation, strings: Sequence[StringSegment], refused: Iterable[RefusedLink] = ()
) -> dict[int, list[LinkRow]]:
    """Return the external links by the pk of the string in which they stand first. Four queries for any number."""
    segments = {
        (_rich_text_path(segment.context.path), segment.data): segment for segment in external_links(translation)
    }
    if not segments:
        return {}
    stored, unused = _addresses(translation, {segment.context_id for segment in segments.values()})
    pages = _own_pages({address for _path, address in segments}, translation.target_locale)
    typed = {one.typed.context_id: one for one in refused}
    found: dict[int, list[LinkRow]] = {}
    for string in strings:
        addresses = {mark: attrs.get("href") for mark, attrs in (json.loads(string.attrs) or {}).items()}
        for mark, label in links_in(string.string.data).items():
            segment = segments.pop((string.context.path, addresses.get(mark)), None)
            if segment is None:
                continue
            address = stored.get(segment.context_id, "")
            link = LinkRow(segment.context_id, label, segment.data, address, address)
            if not address:
                _propose(link, translation.target_locale, pages, unused.get(string.context.path, []))
            if one := typed.get(segment.context_id):
                link.address, link.error = one.typed.address, one.reason
            found.setdefault(string.pk, []).append(link)
    return found


def _rich_text_path(path: str) -> str:
    """Return the content path of the rich text of a link's path."""
    return path.partition(f".{LINK_PATH_END}")[0]


def _addresses(translation: Translation, contexts: Collection[int]) -> tuple[dict[int, str], dict[str, list[str]]]:
    """Return the stored addresses of links, and those of links that are gone by the path of their rich text."""
    found = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        context__path__endswith=LINK_PATH_END,
    ).select_related("context")
    stored: dict[int, str] = {}
    unused: dict[str, list[str]] = {}
    for override in found.order_by("pk"):
        if override.context_id in contexts:
            stored[override.context_id] = override.data
        else:
            unused.setdefault(_rich_text_path(override.context.path), []).append(override.data)
    return stored, unused


def _propose(link: LinkRow, locale: Locale, pages: dict[str, str], unused: list[str]) -> None:
    """Add what a translator should know of the original's address, and the addresses to choose from."""
    code = locale.language_code.partition("-")[0]
    language = LANGUAGE_IN_URL.search(link.original)
    if link.original in pages:
        link.hint = OWN_SITE
        link.proposals = [pages[link.original]] if pages[link.original] else []
    elif language and language.group() != code:
        link.hint = OTHER_LANGUAGE
        link.proposals = [LANGUAGE_IN_URL.sub(code, link.original, count=1)]
    if unused:
        link.hint = link.hint or CHANGED
        link.proposals += [address for address in dict.fromkeys(unused) if address not in link.proposals]


def _own_pages(addresses: Collection[str], locale: Locale) -> dict[str, str]:
    """Return the address of the version in a language of each address of our own sites; "" if there is none."""
    paths = {address: path for address in addresses if (path := _url_path(address)) is not None}
    if not paths:
        return {}
    pages = Page.objects.filter(url_path__in=set(paths.values()), live=True)
    keys = dict(pages.values_list("url_path", "translation_key"))
    versions = {
        page.translation_key: page.full_url or ""
        for page in Page.objects.filter(translation_key__in=set(keys.values()), locale=locale)
        .live()
        .public()
        .select_related("locale")
    }
    return {address: versions.get(keys[path], "") if path in keys else "" for address, path in paths.items()}


def _url_path(address: str) -> str | None:
    """Return the `url_path` of the page of an address; None if it is not of our own sites."""
    parts = urlsplit(address)
    roots = [root for root in Site.get_site_root_paths() if urlsplit(root.root_url).netloc == parts.netloc]
    if not roots:
        return None
    code, _slash, rest = parts.path.lstrip("/").partition("/")
    root = next((root for root in roots if root.language_code == code), None)
    if root is None:
        root, rest = roots[0], parts.path
    return re.sub("/+", "/", f"{root.root_path}{rest}/")
