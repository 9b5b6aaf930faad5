"""Series of events with one registration for all their meetings."""

from datetime import UTC, datetime, timedelta
from typing import Any

from event_pages.models import EventPage, EventSeriesPage
from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory
from tests.factories.home import home_tree
from tests.factories.registrations import publish

FIRST = datetime(2126, 9, 16, 10, tzinfo=UTC)


def season(meetings: int = 3, **facts: Any) -> EventSeriesPage:
    """A published Finnish series of monthly meetings, “Tapaaminen 1” and so on, far enough to stay ahead."""
    index = facts.pop("index", None) or EventIndexPageFactory(parent=home_tree()["fi"])
    page = EventSeriesPageFactory(
        parent=index,
        title="Kausi",
        registration_enabled=True,
        registration_scope="whole",
        privacy_notice=PrivacyNoticeFactory(),
        **facts,
    )
    for number in range(1, meetings + 1):
        add_meeting(page, number)
    return publish(page)


def add_meeting(series: EventSeriesPage, number: int, **facts: Any) -> EventPage:
    """A published meeting of a series."""
    starts_at = facts.pop("starts_at", FIRST + timedelta(days=28 * (number - 1)))
    return publish(
        EventPageFactory(parent=series, title=f"Tapaaminen {number}", number=number, starts_at=starts_at, **facts)
    )


def meeting_of(series: EventSeriesPage, number: int) -> EventPage:
    """The meeting with a number, as it is stored."""
    return EventPage.objects.child_of(series).get(number=number)
