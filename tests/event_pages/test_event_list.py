import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from event_pages.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.browsing import Visit
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
)
from tests.recordings import recorded


def titles(client: Client, query: str = "") -> list[str]:
    return [event.title for event in client.get(f"/fi/tapahtumat/{query}").context["events"]]


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> EventIndexPage:
    return EventIndexPageFactory(parent=homes["fi"], slug="tapahtumat")


def test_month_shows_each_event_on_its_days(client: Client, calendar: EventIndexPage) -> None:
    EventPageFactory(
        parent=calendar,
        title="kaksi päivää",
        date_precision="date",
        starts_at=None,
        starts_on=date(2126, 5, 31),
        ends_on=date(2126, 6, 1),
    )
    month = client.get("/fi/tapahtumat/?month=2126-06").context["month"]

    shown = {day.day: [event.title for event in day.events] for week in month.weeks for day in week if day.events}
    assert shown == {date(2126, 6, 1): ["kaksi päivää"]} | {
        day.day: ["kaksi päivää"] for day in month.weeks[0] if day.day == date(2126, 5, 31)
    }
    assert (month.previous, month.following) == (date(2126, 5, 1), date(2126, 7, 1))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 1280])
def test_status_stands_under_its_event_in_a_month(visit: Visit, calendar: EventIndexPage, width: int) -> None:
    EventPageFactory(parent=calendar, title="Opintokäynti", status="cancelled")
    event = visit("/fi/tapahtumat/?month=2126-09", width=width).locator(".month li")
    link, status = (event.locator(part).bounding_box() for part in ("a", ".muted"))
    assert link
    assert status
    assert event.locator(".muted").inner_text() == "Peruttu"
    assert (status["x"], status["y"]) == (link["x"], pytest.approx(link["y"] + link["height"], abs=2))
    assert event.bounding_box()["x"] < link["x"]  # type: ignore[index]  # the bar is at the left of both
    line = "element => getComputedStyle(element).textDecorationLine"
    assert event.locator("a").evaluate(line) == "line-through"
    assert "line-through" not in event.locator(".muted").evaluate(line)


def test_restricted_events_are_in_no_list(client: Client, calendar: EventIndexPage) -> None:
    event = EventPageFactory(parent=calendar, title="vain kirjautuneille")
    PageViewRestriction.objects.create(page=event, restriction_type="login")

    assert titles(client) == []


@pytest.mark.parametrize("count", [10, 1000])
def test_list_takes_as_many_queries_at_1000_events(
    calendar: EventIndexPage, count_queries: Callable[..., int], count: int
) -> None:
    first = EventPageFactory(parent=calendar, slug="e-0")
    copies = [
        EventPageFactory.build(
            parent=None, slug=f"e-{number}", title=f"Tapahtuma {number}", locale=first.locale, depth=first.depth
        )
        for number in range(1, 12 if count == 10 else 60)
    ]
    for copy in copies:
        calendar.add_child(instance=copy)
    if count == 1000:
        multiply(first, 940)

    assert count_queries("/fi/tapahtumat/") == 3
    assert count_queries("/fi/tapahtumat/", cold=True) == 19


def multiply(event: EventPage, count: int) -> None:
    """Copies of an event, written in bulk: rows in SQL are all that lists ask."""
    base = {field.attname: getattr(event, field.attname) for field in Page._meta.concrete_fields if field.name != "id"}
    own = {
        field.attname: getattr(event, field.attname)
        for field in EventPage._meta.local_concrete_fields
        if field.name != "page_ptr"
    }
    pages = []
    for number in range(count):
        values = {**base, "path": f"{event.path[:-4]}{9000 - number:04d}", "slug": f"copy-{number}"}
        values |= {"translation_key": uuid.uuid4(), "url_path": f"{event.url_path}{number}/"}
        pages.append(Page(**values))
    for page in Page.objects.bulk_create(pages):
        row = EventPage(page_ptr_id=page.pk, **own)
        row.__dict__.update({name: value for name, value in page.__dict__.items() if name in base})
        EventPage.save_base(row, raw=True, force_insert=True)
