"""The calendar files and feeds of a page's events, at URLs below the page's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from event_pages import ical, public_event
from event_pages.enums import EVENT_FEEDS
from event_pages.models import EventPage
from event_pages.querysets import is_over
from verkosto.core.feeds import FORMATS, MAX_ITEMS, FeedItem, page_file, write_feed

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet

#: A calendar has the events of the last year and the upcoming ones, at most so many of each.
PAST_IN_CALENDAR = timedelta(days=365)
EVENTS_IN_CALENDAR = 1000


@require_safe
def feed(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Return a calendar or a feed of the page at ``path``; 404 if the page is not public or has none."""
    page, response = page_file(request, path, name, WRITERS[name], CONTENT_TYPES[name])
    if name.endswith(".jsonld"):
        response["Access-Control-Allow-Origin"] = "*"  # it is read by programs of other sites
    if name.endswith(".ics"):
        response["Content-Disposition"] = f'inline; filename="{slugify(page.title) or "calendar"}.ics"'
    return response


def event_file(page: Page) -> bytes:
    """Return the calendar file of one event. Raises Http404 for other pages and for an event without a date."""
    if not isinstance(page, EventPage) or not (page.planned_date.is_dated or page.span[0]):
        raise Http404
    return ical.calendar([page], name=page.title, language=page.locale.language_code)


def event_data_file(page: Page) -> bytes:
    """Return one event as linked data. Raises Http404 for other pages."""
    if not isinstance(page, EventPage):
        raise Http404
    return public_event.public_event(page)


def calendar_file(page: Page) -> bytes:
    """Return the calendar of a page's events. Raises Http404 for a page type without events."""
    since = timezone.now() - PAST_IN_CALENDAR
    events = _events_of(page).dated().for_feed()
    past = events.past().exclude(is_over(since))[:EVENTS_IN_CALENDAR]
    shown = [*reversed(past), *events.upcoming()[:EVENTS_IN_CALENDAR]]
    return ical.calendar(shown, name=page.title, language=page.locale.language_code)


def events_feed(page: Page, name: str) -> bytes:
    """Return the feed of a page's upcoming events as a file. Raises Http404 for a page type without events."""
    events = _events_of(page).upcoming().for_feed()[:MAX_ITEMS]
    return write_feed(page, name, map(_item, events))


def _item(event: EventPage) -> FeedItem:
    facts = (event.status_text, event.date_text, event.location_text)
    line = ", ".join(fact for fact in facts if fact)
    return FeedItem(
        page=event,
        text=_("%(facts)s. %(summary)s") % {"facts": line, "summary": event.summary},
        published=event.first_published_at,
        categories=(str(event.get_kind_display()),),
    )


def _events_of(page: Page) -> EventQuerySet:
    """Return the events of a page whose type has ``calendar_events``. Raises Http404 for any other."""
    if not hasattr(page, "calendar_events"):
        raise Http404
    return page.calendar_events


WRITERS: dict[str, Callable[[Page], bytes]] = {
    "event.ics": event_file,
    "event.jsonld": event_data_file,
    "calendar.ics": calendar_file,
    **{name: partial(events_feed, name=name) for name in EVENT_FEEDS},
}
CONTENT_TYPES = {
    "event.ics": ical.CONTENT_TYPE,
    "event.jsonld": public_event.CONTENT_TYPE,
    "calendar.ics": ical.CONTENT_TYPE,
    **{name: FORMATS[name.rpartition(".")[2]].content_type for name in EVENT_FEEDS},
}
