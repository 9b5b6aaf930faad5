from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from event_pages.dates import FAR_FUTURE
from event_pages.enums import TimelineState
from event_pages.models import EventPage
from event_pages.series_timeline import timeline

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def event(days: int | None, *, status: str = "scheduled", precision: str = "exact") -> dict[str, Any]:
    moment = FAR_FUTURE if days is None else NOW + timedelta(days=days)
    return {"status": status, "date_precision": precision, "sort_start": moment, "sort_end": moment}


@pytest.mark.parametrize(
    ("events", "states"),
    [
        ([event(-5), event(3), event(9)], [TimelineState.PAST, TimelineState.NEXT, TimelineState.UPCOMING]),
        ([event(9), event(3)], [TimelineState.UPCOMING, TimelineState.NEXT]),
        ([event(3, status="cancelled"), event(9)], [TimelineState.CANCELLED, TimelineState.NEXT]),
        (
            [event(None, status="postponed"), event(-9, status="postponed")],
            [TimelineState.POSTPONED, TimelineState.POSTPONED],
        ),
        ([event(None, precision="unannounced")], [TimelineState.UNANNOUNCED]),
        ([event(-9, precision="month"), event(9, precision="month")], [TimelineState.UNANNOUNCED, TimelineState.NEXT]),
        ([], []),
    ],
)
def test_timeline_has_a_state_for_each_event(
    db: None, events: list[dict[str, Any]], states: list[TimelineState]
) -> None:
    entries = timeline([EventPage(**values) for values in events], NOW)

    assert [entry.state for entry in entries] == states
