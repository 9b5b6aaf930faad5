"""Web feeds in three formats, from one description of a list: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import IO, Any
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import override
from wagtail.models import Page

from verkosto.core.content_cache import cached
from verkosto.core.page_cache import public_file
from verkosto.core.routing import find_route
from verkosto.core.text import clean_line, clean_text

MAX_ITEMS = 50
SECONDS = 3600  # how long a file stays in the cache if the content does not change


class JsonFeed(SyndicationFeed):
    """A feed as JSON (JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[str], encoding: str) -> None:
        """Write the feed. Members without a value are left out."""
        facts = self.feed
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": facts["title"],
            "home_page_url": facts["link"],
            "feed_url": facts["feed_url"],
            "description": facts["description"],
            "language": facts["language"],
            "items": [_as_json(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False))


def _as_json(item: dict[str, Any]) -> dict[str, object]:
    members = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["description"],
        "date_published": _moment(item["pubdate"]),
        "date_modified": _moment(item["updateddate"]),
        "tags": [str(tag) for tag in item["categories"]],
    }
    return {name: value for name, value in members.items() if value or name == "content_html"}


def _moment(value: datetime | None) -> str:
    return value.isoformat() if value else ""


FORMATS: dict[str, type[Rss201rev2Feed] | type[Atom1Feed] | type[JsonFeed]] = {
    "rss": Rss201rev2Feed,
    "atom": Atom1Feed,
    "json": JsonFeed,
}


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """A page in a feed. ``text`` is plain."""

    page: Page
    text: str
    published: datetime | None
    categories: tuple[str, ...] = ()


def write_feed(page: Page, name: str, items: Iterable[FeedItem]) -> bytes:
    """Return a feed of a page as the file ``name``, such as "events.rss"."""
    result = FORMATS[name.rpartition(".")[2]](
        title=clean_line(page.title),
        link=page.full_url or "",
        description=clean_text(getattr(page, "summary", "") or page.title),
        language=page.locale.language_code,
        feed_url=urljoin(page.full_url or "", name),
        feed_guid=_identifier(page),
    )
    for item in items:
        result.add_item(
            title=clean_line(item.page.title),
            link=item.page.full_url or "",
            # Feed readers interpret the text as HTML (RFC 4287 §3.1.1.2; RSS 2.0, "description").
            description=escape(clean_text(item.text)),
            unique_id=_identifier(item.page),
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=item.page.last_published_at,
            categories=list(item.categories),
        )
    return result.writeString("utf-8").encode()


def page_file(
    request: HttpRequest, path: str, name: str, write: Callable[[Page], bytes], content_type: str
) -> tuple[Page, HttpResponse]:
    """Return the public page at a path, and a response with a file that is made of it. Raises Http404 if there is none.

    The file is cached until the content changes. Other caches store it like a page, and a client that has it gets 304.
    """
    route = find_route(request, path)
    if route is None or route[1] or route[0].get_view_restrictions():
        raise Http404
    page = route[0]
    with override(page.locale.language_code):
        content = cached(partial(write, page), "feed", name, page.pk, seconds=SECONDS)
    return page, public_file(request, content, content_type)


def start_of(day: date) -> datetime:
    """Return the beginning of a day in the site's time zone, as the time of an item that has a date alone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _identifier(page: Page) -> str:
    """Return an identifier that stays when a page's slug, place in the tree or host changes.

    It is an IRI, and different in each language (RFC 4287 §4.2.6; RSS 2.0, "guid"; JSON Feed 1.1, "id").
    """
    return f"urn:uuid:{page.translation_key}#{page.locale.language_code}"
