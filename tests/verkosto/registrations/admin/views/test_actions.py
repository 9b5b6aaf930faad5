import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page

from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Message, Registration


@pytest.fixture
def event_pair(db):
    """The desks of two events."""
    here = event_with_desk(title="Täällä")
    return desk_of(here), desk_of(event_with_desk(title="Siellä", index=here.get_parent()))


def act(client, step, registration, **data):
    return client.post(
        reverse(f"verkosto_registrations_admin:{step}", args=[registration.desk_id, registration.pk]), data
    )


def status(registration):
    registration.refresh_from_db()
    return registration.status


def test_approve_decline_cancel_and_back(admin_client, make_desk, make_registration):
    desk = make_desk(capacity=1)
    first = make_registration(desk, status="awaiting_approval")
    second = make_registration(desk, status="awaiting_approval")
    act(admin_client, "approve", first)
    act(admin_client, "approve", second)
    assert (status(first), status(second)) == ("confirmed", "waiting")
    act(admin_client, "cancel", first, reason="Sairastui")
    assert (status(first), status(second)) == ("cancelled", "confirmed")
    assert first.changes.get(event="cancelled").reason == "Sairastui"
    act(admin_client, "rejoin", first)
    assert status(first) == "waiting"
    assert check(desk).consistent


def test_a_get_asks_and_changes_nothing(admin_client, desk, make_registration):
    registration = make_registration(desk)
    for name in ("cancel", "move", "resend", "erase", "rejoin", "approve", "decline", "give_place"):
        url = reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk, registration.pk])
        asked = admin_client.get(url)
        assert asked.context["question"]
        assert asked.context["question"] in html.unescape(asked.content.decode())
    assert status(registration) == "confirmed"
    assert not Message.objects.exists()


def test_a_refusal_is_shown_and_nothing_changes(admin_client, desk, make_registration):
    registration = make_registration(desk)
    response = admin_client.post(
        reverse("verkosto_registrations_admin:approve", args=[desk.pk, registration.pk]), follow=True
    )
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert status(registration) == "confirmed"


def test_move_needs_the_permission_at_both_events(client, make_desk, make_page, make_registration, make_staff):
    mine, other = make_page("A"), make_page("B")
    here, there, foreign = (
        make_desk("1", page=mine),
        make_desk("2", page=make_page("2", under=mine)),
        make_desk("3", page=other),
    )
    registration = make_registration(here)
    client.force_login(make_staff(mine, "see", "change"))
    act(client, "move", registration, to=foreign.pk)
    registration.refresh_from_db()
    assert registration.desk == here
    act(client, "move", registration, to=there.pk)
    registration.refresh_from_db()
    assert registration.desk == there
    assert check(here).consistent
    assert check(there).consistent


def test_resend_sends_the_mail_of_the_status(admin_client, desk, make_registration):
    act(admin_client, "resend", make_registration(desk, status="waiting"))
    assert Message.objects.get().kind == "waiting"


def test_erase_needs_its_permission_and_keeps_the_count(client, admin_client, desk, make_registration, make_staff):
    registration = make_registration(desk, name="Aino Virtanen")
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "change", "export"))
    act(client, "erase", registration)
    registration.refresh_from_db()
    assert registration.name == "Aino Virtanen"
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "erase", username="dpo"))
    act(client, "erase", registration)
    registration.refresh_from_db()
    assert (registration.name, registration.email) == ("", "")
    assert check(desk).consistent


@pytest.mark.parametrize(
    "name", ["add", "change", "approve", "decline", "cancel", "rejoin", "move", "resend", "note", "message_resend"]
)
def test_the_permission_to_see_changes_nothing(client, desk, make_registration, make_staff, name):
    registration = make_registration(desk, status="awaiting_approval")
    message = Message.objects.create(
        desk=desk, registration=registration, kind="received", recipient="x@example.org", language="fi", state="sent"
    )
    args = {"add": [desk.pk], "message_resend": [message.pk]}.get(name, [desk.pk, registration.pk])
    client.force_login(make_staff(Page.objects.get(depth=1), "see", "export", "erase", "read_sensitive"))
    client.post(
        reverse(f"verkosto_registrations_admin:{name}", args=args), {"text": "x", "name": "x", "language": "fi"}
    )
    message.refresh_from_db()
    assert (status(registration), Registration.objects.count(), registration.notes.count()) == (
        "awaiting_approval",
        1,
        0,
    )
    assert message.state == "sent"


def test_the_mail_of_a_move_takes_the_old_event_out_of_the_calendar(event_pair):
    here, there = event_pair
    registration = register(here, "a@example.fi")
    lifecycle.move(registration=registration, to=there)
    left, letter = (compose(Message.objects.get(kind=kind)) for kind in ("left", "moved"))
    old, new = (Calendar.from_ical(mail.calendars[0].content).walk("VEVENT")[0] for mail in (left, letter))
    assert len(left.calendars) == len(letter.calendars) == 1
    assert (old["status"], new["status"]) == ("CANCELLED", "CONFIRMED")
    assert str(old["uid"]).startswith(str(here.translation_key))
    assert "Et ole enää ilmoittautunut tapahtumaan Täällä." in letter.text()


def test_staff_see_the_free_place_why_nobody_moves_up_and_give_it(admin_client, make_desk, make_registration):
    """The page is not published any more: the freed place stays free until staff give it."""
    desk = make_desk(capacity=1, has_page=False)
    first, second = make_registration(desk), make_registration(desk, status="waiting")
    here = reverse("verkosto_registrations_admin:registrations", args=[desk.pk])
    assert admin_client.get(here).context["stop"] == ""
    act(admin_client, "cancel", first)
    assert status(second) == "waiting"
    shown = admin_client.get(here)
    assert shown.context["stop"] == "Sivua ei ole julkaistu."
    text = "1 paikka on vapaana, mutta kukaan ei siirry jonosta automaattisesti: Sivua ei ole julkaistu."
    assert text in " ".join(shown.content.decode().split())
    detail = reverse("verkosto_registrations_admin:registration", args=[desk.pk, second.pk])
    give = reverse("verkosto_registrations_admin:give_place", args=[desk.pk, second.pk])
    assert give in admin_client.get(detail).content.decode()
    act(admin_client, "give_place", second)
    assert status(second) == "confirmed"
    assert list(second.messages.values_list("kind", flat=True)) == ["promoted"]
    assert give not in admin_client.get(detail).content.decode()
    assert check(desk).consistent


def test_no_place_is_given_at_an_event_that_is_over(admin_client, make_desk, make_registration):
    over = timezone.now() - timedelta(hours=1)
    registration = make_registration(make_desk(starts_at=over, ends_at=over), status="waiting")
    detail = reverse("verkosto_registrations_admin:registration", args=[registration.desk_id, registration.pk])
    assert "give-place" not in admin_client.get(detail).content.decode()
    act(admin_client, "give_place", registration)
    assert status(registration) == "waiting"
