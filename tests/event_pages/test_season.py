from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from event_pages.season import State, stations
from event_pages.when import NOT_YET

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def event(days: int | None, *, status: str = "scheduled", precision: str = "exact") -> Any:
    moment = NOT_YET if days is None else NOW + timedelta(days=days)
    return SimpleNamespace(status=status, date_precision=precision, sort_start=moment, sort_end=moment)


@pytest.mark.parametrize(
    ("events", "states"),
    [
        ([event(-5), event(3), event(9)], [State.PAST, State.NEXT, State.UPCOMING]),
        ([event(9), event(3)], [State.UPCOMING, State.NEXT]),
        ([event(3, status="cancelled"), event(9)], [State.CANCELLED, State.NEXT]),
        ([event(None, status="postponed"), event(-9, status="postponed")], [State.POSTPONED, State.POSTPONED]),
        ([event(None, precision="unannounced")], [State.UNANNOUNCED]),
        ([event(-9, precision="month"), event(9, precision="month")], [State.UNANNOUNCED, State.NEXT]),
        ([], []),
    ],
)
def test_stations_tell_what_has_become_of_each_meeting(events: list[Any], states: list[State]) -> None:
    assert [station.state for station in stations(events, NOW)] == states
