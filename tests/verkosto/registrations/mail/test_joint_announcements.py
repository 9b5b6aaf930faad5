"""One mail to each person about changes of several events."""

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.registrations.domain.lifecycle import cancel
from verkosto.registrations.mail import delivery
from verkosto.registrations.mail.announcements import announced_facts
from verkosto.registrations.mail.joint_announcements import KIND, DeskChange, desk_change, notify_jointly
from verkosto.registrations.models import AnnouncementChoice, Desk, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    """Three events; anna is registered for all, ben for the last."""
    first = event_with_desk(title="Tammikuu")
    others = [event_with_desk(title=title, index=first.get_parent().specific) for title in ("Helmikuu", "Maaliskuu")]
    for event in (first, *others):
        register(desk_of(event), "anna@example.fi")
    register(desk_of(others[-1]), "ben@example.fi", language="en")
    Message.objects.all().delete()
    return [first, *others]


def silently(event, **facts) -> DeskChange | None:
    """Publish a change of an event that notifies nobody by itself. Return it."""
    before = desk_of(event)
    known = announced_facts(before)
    for name, value in facts.items():
        setattr(event, name, value)
    revision = event.save_revision()
    AnnouncementChoice.objects.create(revision=revision, is_silent=True)
    revision.publish()
    return desk_change(before, known, Desk.objects.get(pk=before.pk), timezone.now())


def test_who_is_registered_for_several_gets_one_mail_and_others_the_mail_of_one_change(events, server):
    changes = [
        silently(events[0], status="cancelled", status_note="Sali on remontissa."),
        silently(events[1]),
        silently(events[2], status="postponed"),
    ]
    assert changes[1] is None

    assert notify_jointly(change for change in changes if change) == 2

    written = list(Message.objects.order_by("recipient").values_list("recipient", "kind", "language"))
    assert written == [("anna@example.fi", KIND, "fi"), ("ben@example.fi", "event_postponed", "en")]
    delivery.deliver_due()
    letter = next(mail for mail in server.sent if mail.to == ["anna@example.fi"])
    assert "Tammikuu: peruttu\nSali on remontissa." in letter.body
    assert "Maaliskuu: siirretty" in letter.body
    assert "Helmikuu" not in letter.body
    # A link to each registration, and a calendar file that removes each meeting. The stored text has no links.
    assert letter.body.count("/registrations/open/") == 2
    calendars = [Calendar.from_ical(content) for name, content, _type in letter.attachments if name.endswith(".ics")]
    assert [(str(each["method"]), str(each.walk("VEVENT")[0]["summary"])) for each in calendars] == [
        ("CANCEL", "Tammikuu"),
        ("CANCEL", "Maaliskuu"),
    ]
    assert [name for name, _content, _type in letter.attachments] == ["event.ics", "removed.ics"]
    assert "/open/" not in Message.objects.get(kind=KIND).text


@pytest.mark.parametrize(("cancelled", "state", "links"), [(1, "sent", 1), (2, "dropped", 0)])
def test_mail_leaves_out_what_a_person_has_cancelled_meanwhile(events, server, cancelled, state, links):
    notify_jointly([silently(event, status="cancelled") for event in events[:2]])
    for event in events[:cancelled]:
        cancel(registration=desk_of(event).registrations.get(email="anna@example.fi"))

    delivery.deliver_due()

    assert Message.objects.get(kind=KIND).state == state
    letters = [mail.body for mail in server.sent if "Tammikuu: peruttu" in mail.body]
    assert sum(body.count("/registrations/open/") for body in letters) == links


def test_several_registrations_of_one_address_at_one_event_have_a_mail_each(server):
    event = event_with_desk(title="Tammikuu", several_per_address=True)
    for name in ("Anna", "Ben"):
        register(desk_of(event), "anna@example.fi", name=name)
    Message.objects.all().delete()

    change = silently(event, status="cancelled")
    assert change is not None
    assert notify_jointly([change]) == 1

    assert list(Message.objects.values_list("kind", flat=True)) == ["event_cancelled"] * 2


@pytest.mark.parametrize("people", [1, 30])
def test_mails_take_as_many_queries_for_one_person_as_for_thirty(events, django_assert_num_queries, people):
    for number in range(people):
        for event in events:
            register(desk_of(event), f"person{number}@example.fi")
    changes = [silently(event, status="cancelled") for event in events]
    Message.objects.all().delete()

    with django_assert_num_queries(5):
        assert notify_jointly([change for change in changes if change]) == people + 2
