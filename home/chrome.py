"""What surrounds every page of a language: read once, kept in the cache as plain data."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from wagtail.rich_text import expand_db_html

from base_pages.blocks.text import LinkValue
from base_pages.locales import localised_pages, site_languages
from home.models import SiteSettings

SECONDS = 60  # how long another process may show an earlier header after an edit


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    is_external: bool = False


@dataclass(frozen=True)
class Column:
    title: str
    html: str
    links: list[Link]


@dataclass(frozen=True)
class Chrome:
    """``notice_html`` is in force only between its times: ask :attr:`notice`."""

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

    @property
    def notice(self) -> str:
        """The HTML of the notice in force now, or ""."""
        now = timezone.now()
        if self.notice_from and self.notice_from > now:
            return ""
        if self.notice_until and self.notice_until < now:
            return ""
        return self.notice_html


def chrome(language_code: str) -> Chrome:
    """The surroundings of a language's pages. No query while the cache holds them."""
    key = cache_key(language_code)
    found = cache.get(key)
    if found is None:
        settings = (
            SiteSettings.objects.filter(locale__language_code=language_code)
            .select_related("accessibility_page", "privacy_page")
            .first()
        )
        found = make_chrome(settings) if settings else Chrome()
        cache.set(key, found, SECONDS)
    return found


def forget_chrome() -> None:
    """Drop what is kept, in every language: a page that it links to, or the settings, changed."""
    cache.delete_many([cache_key(code) for code in site_languages()])


def cache_key(language_code: str) -> str:
    return f"home-chrome-{language_code}"


def make_chrome(settings: SiteSettings) -> Chrome:
    """The surroundings as the settings have them, with the pages' addresses in the active language."""
    columns = [child.value for child in settings.footer_columns]
    links = [child.value for child in settings.header_links] + [link for column in columns for link in column["links"]]
    linked = [link["page"] for link in links if link.get("page")]
    linked += [page for page in (settings.accessibility_page, settings.privacy_page) if page]
    localised = localised_pages(linked)

    def as_link(value: LinkValue) -> Link | None:
        if value.get("page"):
            page = localised.get(value["page"].pk)
            return Link(value["title"] or page.title, page.url) if page and page.url else None
        return Link(value.text, value.href, value.is_external) if value.href else None

    def as_page_link(page_id: int | None) -> Link | None:
        page = localised.get(page_id) if page_id else None
        return Link(page.title, page.url) if page and page.url else None

    return Chrome(
        name=settings.name,
        tagline=settings.tagline,
        header_links=tuple(filter(None, (as_link(child.value) for child in settings.header_links))),
        footer_columns=tuple(
            Column(
                column["title"],
                expand_db_html(column["text"].source) if column["text"] else "",
                [link for link in map(as_link, column["links"]) if link],
            )
            for column in columns
        ),
        social_links=tuple(Link(child.value["label"], child.value["url"], True) for child in settings.social_links),
        contact_email=settings.contact_email,
        contact_phone=settings.contact_phone,
        accessibility=as_page_link(settings.accessibility_page_id),
        privacy=as_page_link(settings.privacy_page_id),
        notice_html=expand_db_html(settings.notice),
        notice_from=settings.notice_from,
        notice_until=settings.notice_until,
    )
