"""Series of events with one registration for all their meetings."""

from datetime import UTC, datetime, timedelta
from typing import Any

from event_pages.models import EventPage, EventSeriesPage
from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory
from tests.factories.home import home_tree
from tests.factories.registrations import publish
from tests.recordings import recorded

FIRST = datetime(2126, 9, 16, 10, tzinfo=UTC)


@recorded
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
        _meeting(page, number)
    return publish(page)


def add_meeting(series: EventSeriesPage, number: int, **facts: Any) -> EventPage:
    """A meeting that is added to a published series, and published as an editor does."""
    return publish(_meeting(series, number, **facts))


def _meeting(series: EventSeriesPage, number: int, **facts: Any) -> EventPage:
    facts = {"starts_at": FIRST + timedelta(days=28 * (number - 1)), **facts}
    return EventPageFactory(parent=series, title=f"Tapaaminen {number}", number=number, **facts)


def meeting_of(series: EventSeriesPage, number: int) -> EventPage:
    """The meeting with a number, as it is stored."""
    return EventPage.objects.child_of(series).get(number=number)
