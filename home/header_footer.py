"""The header and footer of all pages in a language, as plain data for the templates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from verkosto.core.locales import lang_if_different
from verkosto.core.related_links import LinkTargets, StoredLink
from verkosto.core.view_restrictions import public_q

if TYPE_CHECKING:
    from home.models import SiteSettings


@dataclass(frozen=True)
class Link:
    """A link; ``hreflang`` is the language of the target and ``lang`` of the title, if not the active language."""

    title: str
    url: str
    is_external: bool = False
    lang: str = ""
    hreflang: str = ""


@dataclass(frozen=True)
class Column:
    title: str
    html: str
    links: list[Link]


@dataclass(frozen=True)
class HeaderFooter:
    """The contents of the header and footer, and the site-wide notice.

    ``lang`` is the language of the texts, if not the active language.
    ``notice_html`` is in force between ``notice_from`` and ``notice_until`` only: use :attr:`notice`.
    """

    lang: str = ""
    name: str = ""
    tagline: str = ""
    header_links: tuple[Link, ...] = ()
    footer_columns: tuple[Column, ...] = ()
    social_links: tuple[Link, ...] = ()
    contact_email: str = ""
    contact_phone: str = ""
    accessibility: Link | None = None
    privacy: Link | None = None
    notice_html: str = ""
    notice_from: datetime.datetime | None = None
    notice_until: datetime.datetime | None = None
    #: After how many months news say how old they are; None for never.
    news_months: int | None = 6

    @property
    def notice(self) -> str:
        """The HTML of the notice that is in force at this moment, or ""."""
        now = timezone.now()
        if self.notice_from and self.notice_from > now:
            return ""
        if self.notice_until and self.notice_until < now:
            return ""
        return self.notice_html


def header_footer_of(settings: SiteSettings) -> HeaderFooter:
    """Return the header and footer of the settings, with links in the active language. Two queries."""
    lang = lang_if_different(settings)
    columns = [child["value"] for child in settings.footer_columns.raw_data]
    header = [child["value"] for child in settings.header_links.raw_data]
    links = header + [link for column in columns for link in raw_links(column)]
    page_ids = [pk for pk in (settings.accessibility_page_id, settings.privacy_page_id) if pk]
    targets = LinkTargets([*links, *(StoredLink(page=pk) for pk in page_ids)])

    def as_links(values: list[StoredLink]) -> list[Link]:
        found = [(value, targets.find(value)) for value in values]
        return [
            Link(
                value.get("title") or link.title,
                link.url,
                link.kind == "link",
                lang if value.get("title") else link.lang,
                link.hreflang,
            )
            for value, link in found
            if link
        ]

    def as_page_link(page_id: int | None) -> Link | None:
        return next(iter(as_links([StoredLink(page=page_id)])), None) if page_id else None

    return HeaderFooter(
        lang=lang,
        name=settings.name,
        tagline=settings.tagline,
        header_links=tuple(as_links(header)),
        footer_columns=tuple(
            Column(column["title"], expand_db_html(column.get("text") or ""), as_links(raw_links(column)))
            for column in columns
        ),
        social_links=tuple(
            Link(child.value["label"], child.value["url"], True, lang) for child in settings.social_links
        ),
        contact_email=settings.contact_email,
        contact_phone=settings.contact_phone,
        accessibility=as_page_link(settings.accessibility_page_id),
        privacy=as_page_link(settings.privacy_page_id),
        notice_html=expand_db_html(settings.notice),
        notice_from=settings.notice_from,
        notice_until=settings.notice_until,
        news_months=settings.news_months,
    )


def menu_links(language_code: str) -> tuple[Link, ...]:
    """Return links to the public pages below the home page of a language that are shown in menus. One query."""
    pages = Page.objects.live().filter(public_q(), locale__language_code=language_code, depth=3, show_in_menus=True)
    return tuple(Link(page.title, page.url or "") for page in pages.order_by("path"))


def raw_links(column: Mapping[str, object]) -> list[StoredLink]:
    """Return the stored links of a footer column."""
    items = cast("list[Any]", column.get("links") or [])
    return [item["value"] if item.get("type") == "item" else item for item in items]
