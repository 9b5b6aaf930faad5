"""Calendar files as two libraries that know nothing of each other read them."""

import email
from datetime import date, timedelta
from email import policy
from typing import Any

import icalendar
import pytest
from django.utils import timezone

from event_pages import ical
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from tests.verkosto.registrations.mail.calendar_entries import read
from verkosto.core.icalendar import Organizer
from verkosto.registrations.domain import lifecycle, waiting_list
from verkosto.registrations.mail import delivery
from verkosto.registrations.mail.calendar import calendar_files, calendar_of, organizer_of
from verkosto.registrations.models import Desk, Message, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters() -> list[Any]:
    return []


@pytest.fixture
def files(monkeypatch, letters):
    """Delivers what is due, and gives the calendar files of the mails so far."""
    monkeypatch.setattr("verkosto.registrations.mail.email.send_mail", letters.append)

    def deliver() -> list[str]:
        delivery.deliver_due()
        attached = [part for letter in letters for part in letter.attachments if isinstance(part, tuple)]
        return [part[1] for part in attached if part[0] == "event.ics"]

    return deliver


def test_update_replaces_the_entry_and_a_cancellation_takes_it_out(event, files):
    register(desk_of(event), "a@example.fi")
    method, first = read(files()[-1])
    assert (method, first.status, first.title) == ("REQUEST", "CONFIRMED", "Webinaari")
    assert (first.starts_at, first.ends_at) == (event.starts_at, event.ends_at)
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    event = publish(event)
    method, moved = read(files()[-1])
    assert (method, moved.uid, moved.starts_at) == ("REQUEST", first.uid, event.starts_at)
    assert moved.sequence > first.sequence
    event.status = "moved_online"
    event = publish(event)
    method, online = read(files()[-1])
    assert (method, online.uid, online.sequence > moved.sequence) == ("REQUEST", first.uid, True)
    event.status = "cancelled"
    publish(event)
    method, gone = read(files()[-1])
    assert (method, gone.uid, gone.status, gone.sequence > online.sequence) == (
        "CANCEL",
        first.uid,
        "CANCELLED",
        True,
    )


def test_spaces_of_every_width_are_the_same_in_the_public_file_and_in_the_mails() -> None:
    """Finding: "klo\u200910–12" became "klo10–12" in the public file, and the mail's file differed from it."""
    event = event_with_desk(title="Kahvit klo\u200910–12", summary="10\u202f000 kunnan työntekijää")
    desk = desk_of(event)
    files = [ical.calendar([event], name="x", language="fi"), calendar_of(desk, "fi")]
    files += [file.content for file in calendar_files(desk, "fi", "REQUEST", attendee="a@example.fi")]
    (read_from,) = {
        (str(entry["summary"]), str(entry["description"]))
        for file in files
        for entry in icalendar.Calendar.from_ical(file).walk("VEVENT")
    }
    assert read_from == ("Kahvit klo 10–12", "10 000 kunnan työntekijää")


def test_day_without_a_time_is_entered_as_a_whole_day(event, files):
    event.title, event.date_precision = "Webinaari 16.\N{NO-BREAK SPACE}syyskuuta", "date"
    event.starts_on, event.ends_on = date(2126, 9, 16), date(2126, 9, 17)
    register(desk_of(publish(event)), "a@example.fi")
    entry = icalendar.Calendar.from_ical(files()[-1]).walk("VEVENT")[0]
    assert (entry.start, entry.end) == (date(2126, 9, 16), date(2126, 9, 18))
    assert entry["summary"] == "Webinaari 16. syyskuuta"


def test_who_cancels_has_the_entry_taken_out(desk, files):
    registration = register(desk, "a@example.fi")
    entered = read(files()[-1])[1]
    lifecycle.cancel(registration=registration)
    method, gone = read(files()[-1])
    assert (method, gone.uid, gone.status) == ("CANCEL", entered.uid, "CANCELLED")
    assert gone.sequence >= entered.sequence


def test_each_language_has_the_same_entry_in_its_own_words(event, files):
    event.capacity = None
    in_three_languages(publish(event))
    for language in ("fi", "sv", "en"):
        register(desk_of(event), f"{language}@example.fi", language=language)
    entries = [read(text)[1] for text in files()]
    assert len({entry.uid for entry in entries}) == 1
    assert {entry.title for entry in entries} == {"Webinaari", "Webbinarium", "Webinar"}


def test_postponed_without_a_date_takes_the_entry_out_of_calendars_public_and_mailed(event, files, client):
    """Finding: the mail had no calendar part, the personal calendar was 404, the entry stayed; the feed said CANCELLED."""
    register(desk_of(event), "a@example.fi")
    entered = read(files()[-1])[1]
    event.status = "postponed"
    event = publish(event)
    method, gone = read(files()[-1])
    assert (method, gone.uid, gone.status, gone.starts_at) == ("CANCEL", entered.uid, "CANCELLED", entered.starts_at)
    assert gone.sequence > entered.sequence
    public = icalendar.Calendar.from_ical(ical.calendar([event], name="x", language="fi")).walk("VEVENT")[0]
    personal = icalendar.Calendar.from_ical(calendar_of(desk_of(event), "fi")).walk("VEVENT")[0]
    for name in ("uid", "sequence", "status", "dtstart", "summary", "url", "description"):
        assert public.get(name) == personal.get(name), name
    assert client.get(f"/fi/registrations/{event.translation_key}/calendar/").status_code == 200


def test_every_part_with_a_method_names_it_in_its_header(desk, files, letters):
    """Finding: attachments had METHOD in the file and none in Content-Type (RFC 6047 §2.4)."""
    registration = register(desk, "a@example.fi")
    files()
    lifecycle.cancel(registration=registration)
    files()
    named = []
    for letter in letters:
        whole = email.message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        for part in whole.walk():
            if part.get_content_type() == "text/calendar":
                inside = icalendar.Calendar.from_ical(part.get_content())
                assert part.get_param("method") == str(inside["method"])
                named.append((str(inside["method"]), part.get_content_disposition() or "alternative"))
    assert named == [
        ("REQUEST", "alternative"),
        ("REQUEST", "attachment"),
        ("CANCEL", "alternative"),
        ("CANCEL", "attachment"),
    ]


def test_moved_persons_left_event_is_cancelled_by_a_mail_of_its_own(event, files, letters):
    """Finding: cancelled.ics was an attachment without a method, outside multipart/alternative; the old entry stayed."""
    registration = register(desk_of(event), "a@example.fi")
    old = read(files()[-1])[1]
    other = event_with_desk(index=event.get_parent(), title="Toinen")
    lifecycle.move(registration=registration, to=desk_of(other))
    new, gone = [read(text) for text in files()[1:]]
    assert {new[0], gone[0]} == {"REQUEST", "CANCEL"}
    by_method = dict([new, gone])
    assert by_method["CANCEL"].uid == old.uid
    assert by_method["REQUEST"].uid == f"{other.translation_key}@verkosto"
    assert [len([kind for _content, kind in letter.alternatives if "calendar" in kind]) for letter in letters] == [
        1,
        1,
        1,
    ]
    assert set(Message.objects.values_list("kind", flat=True)) == {"confirmed", "moved", "left"}


def test_somebody_on_the_waiting_list_gets_no_entry_they_have_accepted(event, files, letters):
    """The same kind: a postponement was mailed to the waiting list with an entry whose attendee had accepted."""
    event.capacity = 1
    desk = desk_of(publish(event))
    register(desk, "a@example.fi"), register(desk, "b@example.fi")
    files()
    event.status, event.postponed_until = "postponed", date(2126, 11, 1)
    publish(event)
    letters.clear()
    files()
    with_calendar = {letter.to[0]: len(letter.alternatives) == 2 for letter in letters}
    assert with_calendar == {"a@example.fi": True, "b@example.fi": False}


def test_an_offered_place_is_tentative_until_it_is_accepted_and_taken_out_when_it_is_not(files, letters):
    desk = desk_of(event_with_desk(capacity=1, promotion="offer"))
    first, second, third = (register(desk, f"{name}@example.fi") for name in ("aino", "eero", "maija"))
    files()
    letters.clear()

    def mailed() -> list[tuple[str, str, str, str]]:
        """To whom the files since the last call were sent, their methods, statuses and answers (PARTSTAT)."""
        texts = files()
        found = [(letter.to[0].partition("@")[0], read(text)) for letter, text in zip(letters, texts, strict=True)]
        answers = [
            icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["attendee"].params["PARTSTAT"] for text in texts
        ]
        letters.clear()
        return [
            (name, method, entry.status, answer)
            for (name, (method, entry)), answer in zip(found, answers, strict=True)
        ]

    lifecycle.cancel(registration=first)
    assert sorted(mailed()) == [
        ("aino", "CANCEL", "CANCELLED", "DECLINED"),
        ("eero", "REQUEST", "TENTATIVE", "NEEDS-ACTION"),
    ]
    Registration.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    waiting_list.expire_held_places(desk=desk)
    assert sorted(mailed()) == [
        ("eero", "CANCEL", "CANCELLED", "DECLINED"),
        ("maija", "REQUEST", "TENTATIVE", "NEEDS-ACTION"),
    ]
    waiting_list.accept_offer(registration=third)
    assert mailed() == [("maija", "REQUEST", "CONFIRMED", "ACCEPTED")]
    # Delivering once more, as a second worker does, sends nothing again.
    assert mailed() == []


def test_declining_an_offer_takes_its_entry_out(files, letters):
    desk = desk_of(event_with_desk(capacity=1, promotion="offer"))
    first, second = register(desk, "aino@example.fi"), register(desk, "eero@example.fi")
    lifecycle.cancel(registration=first)
    files()
    letters.clear()
    second.refresh_from_db()
    lifecycle.cancel(registration=second)
    method, entry = read(files()[-1])
    assert (method, entry.status) == ("CANCEL", "CANCELLED")


def test_entry_says_the_address_that_the_site_has_now(event, settings):
    """Finding: stored entries said http://localhost/…, and the old host after a change of host or of https."""
    stored = desk_of(event).version("fi")
    assert stored["url"].startswith("/")
    assert stored["entries"][0]["url"] == stored["url"]
    for address in ("https://a.example.fi", "https://b.example.fi:8443"):
        settings.SITE_URL = address
        entry = icalendar.Calendar.from_ical(calendar_of(desk_of(event), "fi")).walk("VEVENT")[0]
        assert entry["url"] == f"{address}{stored['url']}"


@pytest.mark.parametrize(
    ("language", "email", "expected"),
    [
        ("fi", "office@example.fi", "Sihteeristö"),
        ("sv", "office@example.fi", "Sekretariatet"),
        ("en", "office@example.fi", "Sihteeristö"),
        ("sv", "first@example.fi", "Hallintoministeriö"),
    ],
)
def test_organizer_has_the_name_in_the_language_of_the_mail(language: str, email: str, expected: str) -> None:
    """The name of another address than the stored one is never used."""
    office = {"organiser": "Sihteeristö", "organiser_email": "office@example.fi"}
    desk = Desk(
        original_language="fi",
        versions={"fi": office, "sv": {"organiser": "Sekretariatet"}},
        organizer={
            "name": "Hallintoministeriö" if email != office["organiser_email"] else "Sihteeristö",
            "email": email,
        },
    )
    assert organizer_of(desk, language) == Organizer(name=expected, email=email)


def test_organizer_of_an_entry_stays_when_the_senders_address_changes(event, files, settings):
    """Finding: ORGANIZER followed DEFAULT_FROM_EMAIL, so that one UID changed its organiser."""
    settings.DEFAULT_FROM_EMAIL = "Verkosto <first@example.fi>"
    desk = desk_of(publish(event))
    register(desk, "a@example.fi")
    settings.DEFAULT_FROM_EMAIL = "Verkosto <second@example.fi>"
    event.contacts = [("mailbox", {"label": "Sihteeristö", "email": "office@example.fi", "phone": ""})]
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    publish(event)
    entries = [icalendar.Calendar.from_ical(text).walk("VEVENT")[0] for text in files()]
    assert [entry["organizer"] for entry in entries] == ["mailto:first@example.fi"] * 2
