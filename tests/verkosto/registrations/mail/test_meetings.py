"""Mails and calendar files about the meetings of a series."""

import icalendar
import pytest

from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.factories.seasons import add_meeting, meeting_of, season
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.mail import delivery
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.meetings import meeting_choices, meeting_label, meeting_note
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return season()


@pytest.fixture
def registration(series):
    return register(desk_of(series), "aino@example.fi")


def decline(registration, series, number, comes=False):
    uid = meeting_of(series, number).calendar_uid
    change_participation(registration=registration, meeting=uid, comes=comes)


def mail_of(kind):
    """The composed mail of the latest message of a kind."""
    return compose(Message.objects.filter(kind=kind).latest("pk"))


def entries(content):
    """The titles, SEQUENCE and STATUS of the entries of a calendar file."""
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [(str(entry["summary"]), int(entry["sequence"]), str(entry["status"])) for entry in found]


def files(mail):
    return [(calendar.method, entries(calendar.content)) for calendar in mail.calendars]


def fact(mail, label):
    return next(row.value for row in mail.facts if row.label == label)


def test_confirmation_lists_the_meetings_and_says_how_to_decline_one(series, registration):
    mail = mail_of("confirmed")
    assert fact(mail, "Tapaamiset") == (
        "Tapaaminen 1, 16.9.2126 klo 13.00\nTapaaminen 2, 14.10.2126 klo 13.00\nTapaaminen 3, 11.11.2126 klo 12.00"
    )
    assert mail.event_text == [meeting_note(registration.desk)]
    assert [len(calendar_entries) for _method, calendar_entries in files(mail)] == [3]


def test_event_alone_has_no_list_of_meetings():
    register(desk_of(event_with_desk()), "aino@example.fi")
    mail = mail_of("confirmed")
    assert [row.label for row in mail.facts if row.label == "Tapaamiset"] == []
    assert mail.event_text == []


def test_declined_meeting_alone_leaves_the_calendar_with_a_higher_sequence(series, registration):
    earlier = {title: sequence for title, sequence, _status in entries(calendar_of(registration.desk, "fi"))}
    decline(registration, series, 2)
    mail = mail_of("meeting_declined")
    assert files(mail) == [("CANCEL", [("Tapaaminen 2", earlier["Tapaaminen 2"] + 1, "CANCELLED")])]
    assert "Tapaaminen 2, 14.10.2126 klo 13.00" in mail.text().replace("\u00a0", " ")
    assert "Tapaaminen 2" not in fact(mail, "Tapaamiset")
    decline(registration, series, 2, comes=True)
    again = mail_of("meeting_added")
    assert files(again) == [("REQUEST", [("Tapaaminen 2", earlier["Tapaaminen 2"] + 2, "CONFIRMED")])]


def test_later_mails_and_the_file_to_download_leave_a_declined_meeting_out(series, registration):
    decline(registration, series, 2)
    choices = meeting_choices(registration.desk, registration)
    downloaded = [title for title, _sequence, _status in entries(calendar_of(registration.desk, "fi", choices))]
    assert downloaded == ["Tapaaminen 1", "Tapaaminen 3"]
    first = meeting_of(series, 1)
    first.room = "Sali 2"
    publish(first)
    [(method, changed)] = files(mail_of("event_changed"))
    assert (method, [title for title, _sequence, _status in changed]) == ("REQUEST", ["Tapaaminen 1", "Tapaaminen 3"])
    lifecycle.cancel(registration=registration)
    [(method, removed)] = files(mail_of("cancelled"))
    assert (method, [title for title, _sequence, _status in removed]) == ("CANCEL", ["Tapaaminen 1", "Tapaaminen 3"])


def test_mail_that_is_no_longer_true_is_not_sent(series, registration, server):
    decline(registration, series, 1)
    decline(registration, series, 1, comes=True)
    delivery.deliver_due()
    states = Message.objects.filter(kind__startswith="meeting_").order_by("pk").values_list("kind", "state")
    assert list(states) == [("meeting_declined", "dropped"), ("meeting_added", "sent")]


def test_added_meeting_is_announced_with_its_entry_to_everybody_with_a_place(series, registration):
    decline(registration, series, 1)
    add_meeting(series, 4)
    message = Message.objects.get(kind="event_changed")
    assert message.context["change"].replace("\u00a0", " ") == "Uusi tapaaminen: Tapaaminen 4: 9.12.2126 klo 12.00"
    [(_method, sent)] = files(compose(message))
    assert [title for title, _sequence, _status in sent] == ["Tapaaminen 2", "Tapaaminen 3", "Tapaaminen 4"]


def test_preview_is_about_the_first_meeting(series, registration):
    message = Message(kind="meeting_declined", desk=registration.desk, language="fi", context={})
    assert meeting_label(message).replace("\u00a0", " ") == "Tapaaminen 1, 16.9.2126 klo 13.00"
    event = event_with_desk(index=series.get_parent().specific)
    alone = Message(kind="meeting_declined", desk=desk_of(event), language="fi", context={})
    assert meeting_label(alone) == ""
