"""Calendar files and feeds of the events of a page, at addresses below the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from event_pages import ical
from event_pages.models import EventPage
from verkosto.core.routing import find_route
from verkosto.core.text import clean_line, clean_text

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet

#: How many events a calendar and a feed contain at most.
PAST_IN_CALENDAR = 200
UPCOMING_IN_CALENDAR = 1000
IN_FEED = 50


@require_safe
@cache_control(public=True, max_age=600)
def feed(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Return a calendar or a feed of the page at ``path``; 404 where the page is not public or has none."""
    route = find_route(request, path)
    if route is None or route[1] or route[0].get_view_restrictions():
        raise Http404
    page = route[0]
    with override(page.locale.language_code):
        return WRITERS[name](request, page)


def event_file(request: HttpRequest, page: Page) -> HttpResponse:
    if not isinstance(page, EventPage) or not (page.planned_date.is_dated or page.span[0]):
        raise Http404
    return _calendar_response([page], page)


def calendar_file(request: HttpRequest, page: Page) -> HttpResponse:
    events = _events_of(page).dated().for_feed()
    return _calendar_response(
        [*reversed(events.past()[:PAST_IN_CALENDAR]), *events.upcoming()[:UPCOMING_IN_CALENDAR]], page
    )


def rss(request: HttpRequest, page: Page) -> HttpResponse:
    return _feed_response(Rss201rev2Feed, request, page)


def atom(request: HttpRequest, page: Page) -> HttpResponse:
    return _feed_response(Atom1Feed, request, page)


WRITERS: dict[str, Callable[[HttpRequest, Page], HttpResponse]] = {
    "event.ics": event_file,
    "calendar.ics": calendar_file,
    "events.rss": rss,
    "events.atom": atom,
}


def _events_of(page: Page) -> EventQuerySet:
    """Return the events of a page type with ``calendar_events``; 404 for any other."""
    if not hasattr(page, "calendar_events"):
        raise Http404
    return page.calendar_events


def _calendar_response(events: list[EventPage], page: Page) -> HttpResponse:
    content = ical.calendar(events, name=page.title, language=page.locale.language_code)
    response = HttpResponse(content, content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{slugify(page.title) or "calendar"}.ics"'
    return response


def _feed_response(feed_class: type[Atom1Feed | Rss201rev2Feed], request: HttpRequest, page: Page) -> HttpResponse:
    result = feed_class(
        title=clean_line(page.title),
        link=page.full_url or "",
        description=clean_text(page.summary or page.title),
        language=page.locale.language_code,
        feed_url=request.build_absolute_uri(),
    )
    for event in _events_of(page).upcoming().for_feed()[:IN_FEED]:
        facts = (event.status_text, event.date_text, event.location_text)
        result.add_item(
            title=clean_line(event.title),
            link=event.full_url or "",
            # Readers take it for HTML (RFC 4287 §3.1.1.2; RSS 2.0, "description").
            description=escape(
                clean_text(
                    _("%(facts)s. %(summary)s")
                    % {"facts": ", ".join(fact for fact in facts if fact), "summary": event.summary}
                )
            ),
            unique_id=event.full_url,
            pubdate=event.first_published_at,
            updateddate=event.last_published_at,
            categories=[str(event.get_kind_display())],
        )
    return HttpResponse(result.writeString("utf-8"), content_type=feed_class.content_type)
