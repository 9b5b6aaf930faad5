"""The calendar files and feeds of a page's events, at URLs below the page's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from event_pages import ical
from event_pages.models import EventPage
from event_pages.querysets import is_over
from verkosto.core.content_cache import cached
from verkosto.core.page_cache import public_file
from verkosto.core.routing import find_route
from verkosto.core.text import clean_line, clean_text

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet

#: A calendar has the events of the last year and the upcoming ones, at most so many of each.
PAST_IN_CALENDAR = timedelta(days=365)
EVENTS_IN_CALENDAR = 1000
EVENTS_IN_FEED = 50
SECONDS = 3600  # how long a file stays in the cache if the content does not change


@require_safe
def feed(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Return a calendar or a feed of the page at ``path``; 404 if the page is not public or has none.

    The file is cached until the content changes. Other caches store it like a page, and a client that has it gets 304.
    """
    route = find_route(request, path)
    if route is None or route[1] or route[0].get_view_restrictions():
        raise Http404
    page = route[0]
    with override(page.locale.language_code):
        content = cached(partial(WRITERS[name], page), "feed", name, page.pk, seconds=SECONDS)
    response = public_file(request, content, CONTENT_TYPES[name])
    if name.endswith(".ics"):
        response["Content-Disposition"] = f'inline; filename="{slugify(page.title) or "calendar"}.ics"'
    return response


def event_file(page: Page) -> bytes:
    """Return the calendar file of one event. Raises Http404 for other pages and for an event without a date."""
    if not isinstance(page, EventPage) or not (page.planned_date.is_dated or page.span[0]):
        raise Http404
    return ical.calendar([page], name=page.title, language=page.locale.language_code)


def calendar_file(page: Page) -> bytes:
    """Return the calendar of a page's events. Raises Http404 for a page type without events."""
    since = timezone.now() - PAST_IN_CALENDAR
    events = _events_of(page).dated().for_feed()
    past = events.past().exclude(is_over(since))[:EVENTS_IN_CALENDAR]
    shown = [*reversed(past), *events.upcoming()[:EVENTS_IN_CALENDAR]]
    return ical.calendar(shown, name=page.title, language=page.locale.language_code)


def rss(page: Page) -> bytes:
    """Return the RSS feed of a page's upcoming events. Raises Http404 for a page type without events."""
    return _write_feed(Rss201rev2Feed, page, "events.rss")


def atom(page: Page) -> bytes:
    """Return the Atom feed of a page's upcoming events. Raises Http404 for a page type without events."""
    return _write_feed(Atom1Feed, page, "events.atom")


WRITERS: dict[str, Callable[[Page], bytes]] = {
    "event.ics": event_file,
    "calendar.ics": calendar_file,
    "events.rss": rss,
    "events.atom": atom,
}
CONTENT_TYPES = {
    "event.ics": ical.CONTENT_TYPE,
    "calendar.ics": ical.CONTENT_TYPE,
    "events.rss": Rss201rev2Feed.content_type,
    "events.atom": Atom1Feed.content_type,
}


def _events_of(page: Page) -> EventQuerySet:
    """Return the events of a page whose type has ``calendar_events``. Raises Http404 for any other."""
    if not hasattr(page, "calendar_events"):
        raise Http404
    return page.calendar_events


def _write_feed(feed_class: type[Atom1Feed | Rss201rev2Feed], page: Page, name: str) -> bytes:
    result = feed_class(
        title=clean_line(page.title),
        link=page.full_url or "",
        description=clean_text(page.summary or page.title),
        language=page.locale.language_code,
        feed_url=urljoin(page.full_url or "", name),
        feed_guid=_identifier(page),
    )
    for event in _events_of(page).upcoming().for_feed()[:EVENTS_IN_FEED]:
        facts = (event.status_text, event.date_text, event.location_text)
        result.add_item(
            title=clean_line(event.title),
            link=event.full_url or "",
            # Feed readers interpret the text as HTML (RFC 4287 §3.1.1.2; RSS 2.0, "description").
            description=escape(
                clean_text(
                    _("%(facts)s. %(summary)s")
                    % {"facts": ", ".join(fact for fact in facts if fact), "summary": event.summary}
                )
            ),
            unique_id=_identifier(event),
            unique_id_is_permalink=False,
            pubdate=event.first_published_at,
            updateddate=event.last_published_at,
            categories=[str(event.get_kind_display())],
        )
    return result.writeString("utf-8").encode()


def _identifier(page: Page) -> str:
    """Return an identifier that stays when a page's slug, place in the tree or host changes.

    It is an IRI, and different in each language (RFC 4287 §4.2.6; RSS 2.0, "guid").
    """
    return f"urn:uuid:{page.translation_key}#{page.locale.language_code}"
