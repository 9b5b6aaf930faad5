"""The summary and the checklist of the event editor."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from event_pages.models import AgendaItem, EventPage, EventSeriesPage
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    PrivacyNoticeFactory,
    in_language,
)

pytestmark = pytest.mark.django_db

START, END = datetime(2126, 12, 2, 7, tzinfo=UTC), datetime(2126, 12, 2, 14, tzinfo=UTC)


@pytest.fixture
def calendar(homes: dict[str, HomePage]) -> Any:
    return EventIndexPageFactory(parent=homes["fi"])


def event_with(calendar: Any, **facts: Any) -> EventPage:
    return EventPageFactory(parent=calendar, **{"starts_at": START, "ends_at": END, **facts})


def plain(texts: list[str]) -> list[str]:
    return [text.replace("\u00a0", " ") for text in texts]


@pytest.mark.parametrize(
    ("facts", "summary"),
    [
        ({}, ["Monday 2 December 2126, 9 am–4 pm", "no registration"]),
        (
            {
                "registration_enabled": True,
                "capacity": 80,
                "registration_closes_at": datetime(2126, 11, 24, 22, tzinfo=UTC),
                "attendance": "hybrid",
            },
            [
                "Monday 2 December 2126, 9 am–4 pm",
                "On site and online",
                "80 places",
                "registration closes Sunday 24 November 2126",
            ],
        ),
        (
            {"registration_enabled": True, "status": "postponed"},
            ["The date will be announced later", "Postponed until further notice", "places without limit"],
        ),
    ],
)
def test_summary_says_when_how_many_and_until_when(facts: dict[str, Any], summary: list[str]) -> None:
    with override("en"):
        assert plain(EventPage(**{"starts_at": START, "ends_at": END, **facts}).editor_summary) == summary


def test_summary_of_a_series_has_its_years(calendar: Any) -> None:
    series = EventSeriesPageFactory(parent=calendar, first_year=2126, last_year=2127, term="Autumn")
    with override("en"):
        assert isinstance(series, EventSeriesPage)
        assert series.editor_summary == ["Autumn 2126–2127", "no registration"]


def checks(event: EventPage) -> list[tuple[str, str]]:
    with override("en"):
        return [(check.field, check.text.replace("\u00a0", " ")) for check in event.checklist]


def test_checklist_names_missing_languages_and_what_lacks_an_alternative_text(calendar: Any) -> None:
    for code in ("sv", "en"):
        in_language(calendar, code)
    event = event_with(calendar, attendance="online")
    missing = [
        ("joining_url", "The event is online, but there is no joining link."),
        ("", "The page has no version in: svenska, English."),
    ]
    assert checks(event) == missing

    for code in ("sv", "en"):
        in_language(event, code)
    assert checks(event) == missing[:1]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([None, None], "The event lasts several days, but no item of the programme has a day."),
        ([date(2126, 12, 3), None], ""),
        ([date(2126, 12, 4)], "An item of the programme is on a day when the event is not held."),
        ([], ""),
    ],
)
def test_checklist_looks_at_the_days_of_the_programme(calendar: Any, days: list[date | None], text: str) -> None:
    event = event_with(calendar, ends_at=datetime(2126, 12, 3, 14, tzinfo=UTC))
    for day in days:
        event.agenda_items.add(AgendaItem(title="Avaus", day=day))

    found = [(field, said) for field, said in checks(event) if field]

    assert found == ([("agenda_items", text)] if text else [])


def test_editor_shows_the_summary_and_the_checklist(calendar: Any, admin_client: Client) -> None:
    event = event_with(calendar, attendance="online")

    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    added = admin_client.get(reverse("wagtailadmin_pages:add", args=["verkosto_events", "eventpage", calendar.pk]))

    assert "ei ilmoittautumista" in html
    assert "[data-contentpath='joining_url']" in html
    assert '<div id="page-summary" class="vk-summary" hidden>' in added.content.decode()


def test_saving_by_itself_renews_the_summary(calendar: Any, admin_client: Client) -> None:
    event = event_with(calendar)
    partial = admin_client.get(
        reverse("wagtailadmin_pages:edit", args=[event.pk]), {"_w_hydrate_create_view": "1"}
    ).content.decode()

    assert 'data-w-teleport-target-value="#page-summary"' in partial
    assert "ei ilmoittautumista" in partial


def test_checklist_finds_the_year_of_last_years_event(calendar: Any) -> None:
    event = event_with(calendar, title="Seminaari 2125", summary="Vuodesta 1995 vuoteen 2127.")
    assert [check for check in checks(event) if check[0]] == [
        ("title", "The text mentions the year 2125, but the event is in 2126."),
        ("summary", "The text mentions the year 1995, but the event is in 2126."),
    ]


def about_fields(event: EventPage) -> list[tuple[str, str]]:
    return [check for check in checks(event) if check[0]]


def test_checklist_of_a_copy_names_what_the_event_before_left(calendar: Any) -> None:
    """What a copy may still have ends as a reminder when the page is published."""
    event = event_with(
        calendar,
        live=False,
        registration_enabled=True,
        privacy_notice=PrivacyNoticeFactory(),
        text_before="<p>Ilmoittaudu viimeistään 7.11.2125, maksu 120&nbsp;€.</p>",
        text_in_mail="Välkommen den 2 december 2126, inte 3 december 2125.",
        price_details="Laskutus 25 päivän kuluttua vuonna 2125.",
        accommodation="Booked until 12 November 2125.",
        notice="<p>Paikka on vaihtunut.</p>",
    )
    event.agenda_items.add(AgendaItem(title="Avaus", abstract="<p>Kuten 1. joulukuuta 2125.</p>"))
    left = [
        ("text_before", "The text mentions 7.11.2125, but the event is in 2126."),
        ("accommodation", "The text mentions 12 November 2125, but the event is in 2126."),
        ("text_in_mail", "The text mentions 3 december 2125, but the event is in 2126."),
        ("agenda_items", "The text mentions 1. joulukuuta 2125, but the event is in 2126."),
        ("notice", "The page has a temporary notice. Check that it is about this event."),
    ]
    assert about_fields(event) == left

    event.live = True
    assert about_fields(event) == []


def test_checklist_says_that_the_day_of_a_draft_has_passed(calendar: Any) -> None:
    """A copy that keeps the dates of the original, also without registration."""
    event = event_with(calendar, starts_at=datetime(2021, 12, 2, 7, tzinfo=UTC), ends_at=None, live=False)
    assert about_fields(event) == [("starts_at", "This date has passed.")]

    event.live = True
    assert about_fields(event) == []
