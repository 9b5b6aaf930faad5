"""What visitors can follow of events (a list, a series, a topic). Followers are notified of new and changed events."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from event_pages.models import EventIndexPage, EventPage, EventSeriesPage
from event_pages.querysets import EventQuerySet
from verkosto.core.followed_content import (
    FollowedPageKind,
    TargetKind,
    TargetLink,
    links_of_pages,
    page_url,
    public_page,
)
from verkosto.core.view_restrictions import public_q
from verkosto.directory.models import Topic

#: The fields of an event whose changes are news.
NEWS_FIELDS = (
    *("status", "postponed_until", "date_precision", "starts_at", "ends_at", "starts_on", "ends_on"),
    *("attendance", "venue_id", "room"),
)


def facts_of(event: EventPage) -> str:
    """Return when, where and whether an event is held, to be compared."""
    return "|".join(str(getattr(event, name)) for name in NEWS_FIELDS)


def line_of(event: EventPage) -> str:
    """Return status, date and place in one line, in the active language."""
    return ", ".join(part for part in (event.status_text, event.date_text, event.location_text) if part)


def is_current(event: EventPage) -> bool:
    """Return whether an event is not over."""
    return not event.is_over


def prepare(events: EventQuerySet) -> EventQuerySet:
    """Load the venues with the events."""
    return events.for_feed()


def _lists(keys: Collection[str], language: str) -> dict[str, TargetLink]:
    return links_of_pages(Page.objects.type(EventIndexPage, EventSeriesPage), keys, language)


def _events_of_list(key: str, language: str) -> QuerySet[Page]:
    page = public_page(EventIndexPage, key, language) or public_page(EventSeriesPage, key, language)
    return page.calendar_events if page else EventPage.objects.none()


def _topics(keys: Collection[str], language: str) -> dict[str, TargetLink]:
    """Return the link of each topic: the list of events, narrowed to it. Two queries."""
    index = EventIndexPage.objects.live().filter(public_q(), locale__language_code=language).first()
    topics = Topic.objects.filter(slug__in=keys, locale__language_code=language)
    address = page_url(index) if index else ""
    return {topic.slug: TargetLink(topic.name, f"{address}?{urlencode({'topic': topic.slug})}") for topic in topics}


def _pages_about(key: str, language: str) -> QuerySet[Page]:
    return Page.objects.filter(topic_links__topic__slug=key, locale__language_code=language)


TARGETS = [
    TargetKind(name="events", label=_("List of events"), links=_lists, pages=_events_of_list),
    TargetKind(name="topic", label=_("Topic"), links=_topics, pages=_pages_about),
]
PAGES = [
    FollowedPageKind(
        model=EventPage,
        new=_("New event"),
        changed=_("Changed event"),
        facts=facts_of,
        line=line_of,
        is_current=is_current,
        prepare=prepare,
    )
]
