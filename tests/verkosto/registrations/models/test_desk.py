"""When a desk closes, and what visitors are told of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from home.models import HomePage
from tests.factories.events import EventIndexPageFactory
from tests.factories.registrations import desk_of, event_with_desk
from tests.recordings import recorded
from verkosto.registrations.enums import Opening
from verkosto.registrations.models.opening import opening_of

pytestmark = pytest.mark.django_db

START = datetime(2126, 9, 16, 7, tzinfo=UTC)  # 10:00 in Helsinki


@pytest.fixture
@recorded
def index(homes: dict[str, HomePage]) -> Any:
    return EventIndexPageFactory(parent=homes["fi"])


def test_desk_of_an_event_without_an_end_is_open_until_the_end_of_its_day(index: Any) -> None:
    """Finding: it closed when the event began."""
    desk = desk_of(event_with_desk(index=index, starts_at=START, ends_at=None))

    assert desk.ends_at == desk.closes_at == datetime(2126, 9, 16, 20, 59, 59, 999999, tzinfo=UTC)
    assert opening_of(desk, datetime(2126, 9, 16, 9, tzinfo=UTC)) == Opening.OPEN
    assert opening_of(desk, datetime(2126, 9, 16, 21, tzinfo=UTC)) == Opening.CLOSED


def test_page_without_a_closing_date_states_no_deadline(index: Any, client: Any) -> None:
    """Finding: “Register by” the end of the event."""
    event = event_with_desk(index=index, starts_at=START, ends_at=START.replace(hour=9))

    assert "Ilmoittaudu viimeistään" not in client.get(event.url).content.decode()
    assert desk_of(event).closes_at == event.ends_at


@pytest.mark.parametrize(
    ("zone", "closes_at", "shown"),
    [
        ("Europe/Helsinki", datetime(2126, 9, 6, 21, tzinfo=UTC), "pe 6.9.2126"),
        ("Asia/Tokyo", datetime(2126, 9, 6, 3, tzinfo=UTC), "pe 6.9.2126 klo 12.00 (aikavyöhyke: Tokio)"),
    ],
)
def test_page_states_the_deadline_as_people_read_it(
    index: Any, client: Any, zone: str, closes_at: datetime, shown: str
) -> None:
    """Findings: “by 7 December, 12 am”; the deadline of an event in Tokyo did not name its zone."""
    event = event_with_desk(
        index=index, starts_at=START, ends_at=None, timezone=zone, registration_closes_at=closes_at
    )

    html = client.get(event.url).content.decode().replace("\u00a0", " ")

    assert f">{shown}</time>" in html.partition("Ilmoittaudu viimeistään")[2][:200]
