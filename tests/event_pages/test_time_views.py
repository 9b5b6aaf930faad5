from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from event_pages.time_views import TimeView, time_view_of
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory

#: A Wednesday, 10.00 in Helsinki.
NOW = datetime(2126, 9, 18, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("", TimeView()),
        ("time=upcoming", TimeView()),
        ("time=week", TimeView("week")),
        ("time=month", TimeView("month")),
        ("time=past", TimeView("past")),
        ("time=calendar", TimeView()),
        ("time=past&month=2126-09", TimeView("calendar", date(2126, 9, 1))),
        ("month=1999-12", TimeView()),
        ("month=2200-01", TimeView()),
        ("month=2126-13", TimeView()),
        ("time=<script>", TimeView()),
    ],
)
def test_view_of_a_query(query: str, view: TimeView) -> None:
    assert time_view_of(QueryDict(query)) == view


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("", ["two days", "today", "Sunday", "Monday", "30 September", "1 October"]),
        ("?time=week", ["two days", "today", "Sunday"]),
        ("?time=month", ["two days", "today", "Sunday", "Monday", "30 September"]),
        ("?time=past", ["yesterday"]),
        ("?month=2126-10", ["1 October"]),
    ],
)
def test_events_of_each_view(
    client: Client, homes: dict[str, HomePage], time_machine: Any, view: str, expected: list[str]
) -> None:
    calendar = EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")
    times = {
        "yesterday": NOW - timedelta(days=1),
        "today": NOW + timedelta(hours=4),
        "Sunday": datetime(2126, 9, 22, 17, tzinfo=UTC),
        "Monday": datetime(2126, 9, 23, 6, tzinfo=UTC),
        "30 September": datetime(2126, 9, 30, 12, tzinfo=UTC),
        "1 October": datetime(2126, 10, 1, 6, tzinfo=UTC),
    }
    for title, starts_at in times.items():
        EventPageFactory(parent=calendar, title=title, starts_at=starts_at)
    EventPageFactory(
        parent=calendar, title="two days", starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(hours=1)
    )
    time_machine.move_to(NOW, tick=False)
    shown = client.get(f"/fi/tapahtumat/{view}").context["events"]
    assert [event.title for event in shown] == expected
