"""Meetings made in one go: from the pattern to the drafts, with what is refused and noted on the way."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cms.groups import allow_pages, group_with_admin
from event_pages.models import AgendaItem, EventPage, EventSeriesPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory, VenueFactory
from tests.recordings import recorded
from verkosto.localisation.models import TranslationState

PATTERN = {
    "title": "Tapaaminen {number}, {date}",
    "first_number": "3",
    "like": "",
    "summary": "Verkoston tapaaminen.",
    "first_day": "2126-04-24",
    "starts": "13:00",
    "ends": "14:30",
    "every": "1",
    "repeat": "weeks",
    "number": "3",
    "last_day": "",
    "skip_holidays": "on",
}


@pytest.fixture
@recorded
def series(homes: dict[str, HomePage]) -> EventSeriesPage:
    return EventSeriesPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]), title="Kausi", slug="kausi")


def url_of(series: EventSeriesPage) -> str:
    return reverse("verkosto_events_admin:add_meetings", args=[series.pk])


def rows(*days: tuple[str, bool]) -> dict[str, str]:
    sent = {"rows-TOTAL_FORMS": str(len(days)), "rows-INITIAL_FORMS": str(len(days))}
    for number, (day, is_included) in enumerate(days):
        sent[f"rows-{number}-day"] = day
        if is_included:
            sent[f"rows-{number}-include"] = "on"
    return sent


def shown(answer: Any) -> list[tuple[str, bool, str, list[str]]]:
    """The rows of the table: day, ticked, title, notes."""
    return [
        (str(row.form.shown_day), row.form.is_included, row.title.replace("\u00a0", " "), row.notes)
        for row in answer.context["table"]
    ]


def test_pattern_becomes_a_table_with_notes_and_makes_nothing(series: EventSeriesPage, admin_client: Client) -> None:
    EventPageFactory(parent=series, title="Retki", starts_at=datetime(2126, 4, 24, 7, tzinfo=UTC))

    answer = admin_client.post(url_of(series), PATTERN | {"preview": "1"})

    # The first of May is left out, and the pattern goes on until three meetings are ticked.
    assert shown(answer) == [
        ("2126-04-24", True, "Tapaaminen 3, 24.4.2126", ["Samana päivänä: Retki"]),
        ("2126-05-01", False, "", ["Pyhäpäivä: vappu"]),
        ("2126-05-08", True, "Tapaaminen 4, 8.5.2126", []),
        ("2126-05-15", True, "Tapaaminen 5, 15.5.2126", []),
    ]
    assert EventPage.objects.child_of(series).count() == 1


def test_ticked_rows_become_drafts_in_the_order_of_their_days(
    series: EventSeriesPage, admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    # The second row is left out although its date cannot be read, and the third was moved before the first.
    chosen = rows(("2126-05-08", True), ("sometime", False), ("2126-04-24", True))

    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(url_of(series), PATTERN | chosen | {"make": "1"})

    assert answer.status_code == 302
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[series.pk])
    drafts = EventPage.objects.of_series(series)
    assert [
        (draft.title.replace("\u00a0", " "), draft.number, draft.starts_at, draft.ends_at) for draft in drafts
    ] == [
        (
            "Tapaaminen 3, 24.4.2126",
            3,
            datetime(2126, 4, 24, 10, tzinfo=UTC),
            datetime(2126, 4, 24, 11, 30, tzinfo=UTC),
        ),
        ("Tapaaminen 4, 8.5.2126", 4, datetime(2126, 5, 8, 10, tzinfo=UTC), datetime(2126, 5, 8, 11, 30, tzinfo=UTC)),
    ]
    assert {(draft.live, draft.summary, draft.owner.username) for draft in drafts} == {
        (False, "Verkoston tapaaminen.", "admin")
    }
    # Translations follow as for any new page: the translators' dashboard has each draft as missing in the others.
    keys = {draft.translation_key for draft in drafts}
    assert (
        set(TranslationState.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True))
        == keys
    )


def test_meetings_like_another_take_its_settings_but_not_what_belongs_to_it(
    series: EventSeriesPage, admin_client: Client
) -> None:
    like = EventPageFactory(
        parent=series,
        title="Ensimmäinen",
        number=7,
        summary="Yhteinen tapaaminen.",
        venue=VenueFactory(),
        attendance="hybrid",
        starts_at=datetime(2126, 1, 9, 11, tzinfo=UTC),
        registration_closes_at=datetime(2126, 1, 7, 10, tzinfo=UTC),
        joining_url="https://meet.example.fi/a",
        recording_url="https://example.fi/tallenne",
        status="cancelled",
        status_note="Puhuja sairastui.",
    )
    like.agenda_items.add(AgendaItem(title="Avaus", locale=like.locale))
    like.save()

    sent = PATTERN | {"like": str(like.pk), "summary": "", "first_number": "8"} | rows(("2126-05-08", True))
    admin_client.post(url_of(series), sent | {"make": "1"})

    made = EventPage.objects.child_of(series).get(number=8)
    for version in (made, made.get_latest_revision_as_object()):
        assert [item.title for item in version.agenda_items.all()] == ["Avaus"]
        assert (version.summary, version.venue, version.attendance) == (like.summary, like.venue, "hybrid")
        assert (version.starts_at, version.registration_closes_at) == (
            datetime(2126, 5, 8, 10, tzinfo=UTC),
            datetime(2126, 5, 6, 9, tzinfo=UTC),
        )
        assert (version.joining_url, version.recording_url, version.status, version.status_note) == (
            *("", "", "scheduled", ""),
        )
    assert made.translation_key != like.translation_key


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"title": "Tapaaminen"}, {"title": ["Lisää {number} tai {date}, jotta tapaamiset erottuvat toisistaan."]}),
        (
            {"title": "{name} {number}"},
            {"title": ["{name} ei käy tässä. Voit käyttää tunnuksia {number} ja {date}."]},
        ),
        ({"number": ""}, {"number": ["Anna tapaamisten määrä tai viimeinen päivä."]}),
        ({"last_day": "2126-04-01"}, {"last_day": ["Viimeinen päivä on ennen ensimmäistä."]}),
        ({"ends": "12:00"}, {"ends": ["Tapaaminen päättyy ennen kuin se alkaa."]}),
        ({"summary": ""}, {"summary": ["Anna tiivistelmä tai valitse kopioitava tapaaminen."]}),
    ],
)
def test_patterns_that_cannot_be_right_are_refused(
    series: EventSeriesPage, admin_client: Client, given: dict[str, str], errors: dict[str, list[str]]
) -> None:
    answer = admin_client.post(url_of(series), PATTERN | given | {"preview": "1"})

    assert (answer.status_code, answer.context["form"].errors, answer.context["table"]) == (422, errors, [])


def test_times_that_a_change_of_the_clocks_removes_or_repeats_are_refused(
    series: EventSeriesPage, admin_client: Client
) -> None:
    at_night = PATTERN | {"starts": "03:30", "ends": ""}
    chosen = rows(("2126-03-31", True), ("2126-10-27", True), ("2126-05-08", True))

    answer = admin_client.post(url_of(series), at_night | chosen | {"make": "1"})

    assert answer.status_code == 422
    assert [bool(row.form.errors.get("day")) for row in answer.context["table"]] == [True, True, False]
    assert not EventPage.objects.child_of(series).exists()


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        (rows(("2126-05-08", False)), "Valitse ainakin yksi tapaaminen."),
        (rows(("2126-05-08", True), ("2126-05-08", True)), "Kaksi tapaamista on samana päivänä: 8.5.2126."),
    ],
)
def test_no_meeting_and_two_on_one_day_are_refused(
    series: EventSeriesPage, admin_client: Client, chosen: dict[str, str], error: str
) -> None:
    answer = admin_client.post(url_of(series), PATTERN | chosen | {"make": "1"})

    errors = [text.replace("\u00a0", " ") for text in answer.context["rows"].non_form_errors()]
    assert (answer.status_code, errors) == (422, [error])


def test_only_those_who_may_add_pages_there_see_the_button_and_the_page(
    series: EventSeriesPage, client: Client
) -> None:
    group = group_with_admin("editors")
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    allow_pages(group, series.get_parent(), "change")

    refused = client.get(url_of(series))
    assert (refused.status_code, refused["Location"]) == (302, reverse("wagtailadmin_home"))

    allow_pages(group, series, "add")
    assert client.get(url_of(series)).status_code == 200
    explorer = client.get(reverse("wagtailadmin_explore", args=[series.pk])).content.decode()
    assert url_of(series) in explorer


@pytest.mark.parametrize("number", [1, 30])
def test_the_table_asks_as_many_queries_for_one_meeting_as_for_thirty(
    series: EventSeriesPage, admin_client: Client, django_assert_num_queries: Any, number: int
) -> None:
    admin_client.get(url_of(series))  # sites and content types are kept
    EventPageFactory(parent=series, title="Retki", starts_at=datetime(2126, 4, 24, 7, tzinfo=UTC))

    with django_assert_num_queries(13):
        answer = admin_client.post(url_of(series), PATTERN | {"number": str(number), "preview": "1"})

    assert len(answer.context["rows"].days) == number
