"""What the database and ``save()`` hold true of an event's dates."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from event_pages.dates import FAR_FUTURE
from event_pages.models import EventPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, in_language
from tests.recordings import recorded

NINE, TEN = datetime(2126, 5, 5, 9, tzinfo=UTC), datetime(2126, 5, 5, 10, tzinfo=UTC)
REFUSED = [
    ({"starts_at": TEN, "ends_at": NINE}, "Tapahtuma päättyy ennen kuin se alkaa."),
    (
        {"date_precision": "date", "starts_on": date(2126, 5, 5), "ends_on": date(2126, 5, 4)},
        "Viimeinen päivä on ennen ensimmäistä.",
    ),
    (
        {"starts_at": None, "ends_at": None},
        "Anna tapahtuman alkamispäivä ja -aika tai valitse karkeampi ajankohdan tarkkuus.",
    ),
    (
        {"date_precision": "month"},
        "Anna ensimmäinen päivä tai valitse, että ajankohtaa ei ole vielä ilmoitettu.",
    ),
    ({"postponed_until": date(2126, 5, 5)}, "Uuden päivän voi antaa vain siirretylle tapahtumalle."),
]


@pytest.fixture
@recorded
def event(homes: dict[str, HomePage]) -> EventPage:
    return EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]))


@pytest.mark.parametrize(("values", "message"), REFUSED)
def test_event_that_cannot_be_is_refused_with_words(event: EventPage, values: dict[str, object], message: str) -> None:
    for name, value in values.items():
        setattr(event, name, value)

    with override("fi"):
        with pytest.raises(ValidationError) as refusal:
            event.full_clean()
        assert message in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=event.pk).update(**values)


def test_month_is_stored_as_its_first_day(event: EventPage) -> None:
    event.date_precision, event.starts_on = "month", date(2126, 6, 17)
    event.save()

    event.refresh_from_db()
    assert event.starts_on == date(2126, 6, 1)
    assert event.sort_start == event.sort_end == datetime(2126, 6, 30, 20, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, FAR_FUTURE), (date(2127, 1, 15), datetime(2127, 1, 14, 22, tzinfo=UTC))],
    ids=["until further notice", "to a day"],
)
def test_postponed_event_sorts_by_its_new_date(event: EventPage, until: date | None, expected: datetime) -> None:
    event.status, event.postponed_until = "postponed", until
    event.save()

    event.refresh_from_db()
    assert event.sort_start == expected
    assert event.planned_date.start == datetime(2126, 9, 16, 10, tzinfo=UTC)


def test_calendar_sequence_counts_changes_of_facts_alone(event: EventPage) -> None:
    assert event.calendar_sequence == 0
    event.summary = "Toinen tiivistelmä."
    event.save()
    assert event.calendar_sequence == 0

    event.room = "Sali 2"
    event.save()
    assert event.calendar_sequence == 1


def test_calendar_sequence_never_goes_back_with_an_old_revision(event: EventPage) -> None:
    old = event.save_revision()
    event.room = "Sali 2"
    event.save()
    event.room = "Sali 3"
    event.save()

    old.publish()

    event.refresh_from_db()
    assert event.calendar_sequence == 3


def test_translation_takes_the_dates_and_the_count_of_the_original(
    event: EventPage, homes: dict[str, HomePage]
) -> None:
    in_language(event.get_parent().specific, "sv", slug="evenemang")
    swedish = in_language(event, "sv")
    event.starts_at, event.ends_at, event.status = NINE, TEN, "changed"
    event.save_revision().publish()

    swedish.refresh_from_db()
    event.refresh_from_db()
    facts = ("sort_start", "sort_end", "status", "calendar_sequence", "starts_at")
    assert [getattr(swedish, fact) for fact in facts] == [NINE, TEN, "changed", 1, NINE]
    assert event.calendar_sequence == 1


def test_times_are_edited_in_the_zone_of_the_event(event: EventPage) -> None:
    """Finding: a staff account in New York typed a closing time that was stored as one of New York."""
    event.timezone = "Asia/Tokyo"
    fields = (
        *("starts_at", "ends_at", "joining_visible_from", "notice_from", "notice_until"),
        *("registration_opens_at", "registration_closes_at", "changes_close_at", "members_until"),
    )
    form_class = EventPage.get_edit_handler().get_form_class()
    with timezone.override("America/New_York"), override("en"):
        form = form_class(instance=event)
        read = {name: form.fields[name].clean("2027-05-20 12:00") for name in fields}
        helps = {name: str(form.fields[name].help_text) for name in fields}
        go_live = form.fields["go_live_at"]
        published = (go_live.clean("2027-05-20 12:00"), str(go_live.help_text))
        shown = form["starts_at"].value()

    assert read == dict.fromkeys(fields, datetime(2027, 5, 20, 3, tzinfo=UTC))
    assert all(text.endswith("Time zone: Tokyo.") for text in helps.values())
    assert shown == datetime(2126, 9, 16, 19)
    # Wagtail shows its own times of publishing in the zone of the account elsewhere too.
    assert published == (datetime(2027, 5, 20, 16, tzinfo=UTC), "Time zone: New York.")


def test_times_are_read_in_the_zone_that_is_sent_with_them(event: EventPage) -> None:
    form_class = EventPage.get_edit_handler().get_form_class()
    sent = {"timezone": "Asia/Tokyo", "starts_at": "2027-03-28 03:30"}  # this time does not exist in Helsinki

    form = form_class(sent, instance=event)

    assert form["starts_at"].field.clean(sent["starts_at"]) == datetime(2027, 3, 27, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "explanation"),
    [
        (
            "2027-03-28 03:30",
            "This time does not exist in the time zone Helsinki: clocks are moved forward past it when summer time "
            "begins.",
        ),
        (
            "2027-10-31 03:30",
            "This time occurs twice in the time zone Helsinki: clocks are moved back when summer time ends. Choose a "
            "time outside that hour.",
        ),
    ],
)
def test_time_that_is_not_one_moment_is_explained(typed: str, explanation: str, event: EventPage) -> None:
    form_class = EventPage.get_edit_handler().get_form_class()
    with timezone.override("Asia/Tokyo"), override("en"):
        form = form_class(instance=event)
        with pytest.raises(ValidationError) as refused:
            form.fields["registration_closes_at"].clean(typed)
        messages = refused.value.messages

    assert messages == [explanation]
