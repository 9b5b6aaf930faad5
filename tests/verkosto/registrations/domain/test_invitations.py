"""Personal invitations, from the mail to the registration."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from event_pages.models import EventIndexPage
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, register
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.domain import invitations, lifecycle
from verkosto.registrations.domain.invitations import Invitee
from verkosto.registrations.models import AccessToken, Invitation, InvitationReminder, Message, Registration

pytestmark = pytest.mark.django_db
INVITEES = [
    Invitee("a@example.fi", "Aino", "fi"),
    Invitee("b@example.fi", "Björn", "sv"),
    Invitee("c@example.fi", "Cai", "en"),
]


@pytest.fixture
def desk(db, django_user_model, django_capture_on_commit_callbacks):
    """A desk for invited people, whose three invitees have their mails."""
    event = event_with_desk(eligibility="invited")
    in_three_languages(event)
    with django_capture_on_commit_callbacks(execute=True):
        assert invitations.invite(desk=desk_of(event), invitees=INVITEES, language="fi", user=None) == 3
    return desk_of(event)


def code_for(email: str) -> str:
    """The code in the newest mail to an address."""
    body = [letter.body for letter in mail.outbox if letter.to == [email]][-1]
    found = re.search(r"/registrations/invitation/([^/\s]+)/", body)
    assert found
    assert body.count(found[1]) == 3  # the code, the link to register and the link to decline
    return found[1]


@pytest.mark.parametrize("invitee", INVITEES)
def test_link_fills_the_code_in_and_registers_in_the_invitees_language(client, desk, invitee):
    code = code_for(invitee.email)
    entered = client.get(f"/{invitee.language}/registrations/invitation/{code}/")
    assert (entered.status_code, entered["Location"]) == (302, address(desk, invitee.language))
    page = client.get(entered["Location"])
    assert f'value="{code}"' in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    answer = client.post(entered["Location"], fill(desk, email=invitee.email, code=code))
    assert answer.status_code == 302
    registration = Registration.objects.get()
    assert (registration.language, registration.status) == (invitee.language, "confirmed")
    invitation = Invitation.objects.get(email=invitee.email)
    assert (invitation.registration, bool(invitation.answered_at)) == (registration, True)


def test_code_used_twice_makes_one_registration_and_is_answered_alike(client, desk):
    code = code_for("a@example.fi")
    answers = [client.post(address(desk), fill(desk, email="a@example.fi", code=code)) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Registration.objects.count() == 1


def test_who_cancelled_may_come_back_with_the_code(client, desk):
    code = code_for("a@example.fi")
    client.post(address(desk), fill(desk, email="a@example.fi", code=code))
    lifecycle.cancel(registration=Registration.objects.get())
    assert client.post(address(desk), fill(desk, email="a@example.fi", code=code)).status_code == 302
    assert set(Registration.objects.values_list("status", flat=True)) == {"cancelled", "confirmed"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_code_is_of_no_use_with_another_address(client, desk, language):
    code = code_for("a@example.fi")
    answer = client.post(address(desk, language), fill(desk, email="stranger@example.fi", code=code))
    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("code", ["", "guess", "x" * 100])
def test_without_a_code_nobody_registers(client, desk, code):
    answer = client.post(address(desk), fill(desk, email="a@example.fi", code=code))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert not Registration.objects.exists()


def test_code_of_one_event_opens_no_other(client, desk):
    index = EventIndexPage.objects.get(locale__language_code="fi")
    other = desk_of(event_with_desk(index=index, title="Toinen", eligibility="invited"))
    answer = client.post(address(other), fill(other, email="a@example.fi", code=code_for("a@example.fi")))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert not Registration.objects.exists()


def test_withdrawn_invitation_is_void_until_it_is_given_back(client, desk, django_capture_on_commit_callbacks):
    invitation, code = Invitation.objects.get(email="a@example.fi"), code_for("a@example.fi")
    assert invitations.withdraw(invitation=invitation)
    assert client.get(f"/fi/registrations/invitation/{code}/").status_code == 404
    answer = client.post(address(desk), fill(desk, email="a@example.fi", code=code))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert not Registration.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        invitations.restore(invitation=invitation)
    fresh = code_for("a@example.fi")
    assert fresh != code
    assert client.post(address(desk), fill(desk, email="a@example.fi", code=fresh)).status_code == 302
    assert not invitations.withdraw(invitation=invitation)


def test_reminder_goes_to_who_has_not_answered_and_both_codes_work(client, desk, django_capture_on_commit_callbacks):
    first = code_for("a@example.fi")
    client.post(address(desk, "sv"), fill(desk, email="b@example.fi", code=code_for("b@example.fi")))
    invitations.withdraw(invitation=Invitation.objects.get(email="c@example.fi"))
    with django_capture_on_commit_callbacks(execute=True):
        assert invitations.remind(desk=desk) == 1
    assert Message.objects.get(kind="invitation_reminder").recipient == "a@example.fi"
    assert code_for("a@example.fi") != first
    assert client.post(address(desk), fill(desk, email="a@example.fi", code=first)).status_code == 302


def test_who_cannot_come_says_so_with_one_button_and_gets_no_more_reminders(client, desk):
    """Finding: an invited person could only answer by filling in the form."""
    code = code_for("b@example.fi")
    url = f"/sv/registrations/invitation/{code}/decline/"

    asked = client.get(url)
    assert asked["Cache-Control"] == "no-store, private"
    assert "Jag kan inte komma" in asked.content.decode()
    assert not desk.invitations.declined().exists()  # opening the link changes nothing

    answer = client.post(url)
    assert (answer.status_code, answer["Location"]) == (302, "/sv/registrations/invitation/declined/")
    assert "Tack för beskedet" in client.get(answer["Location"]).content.decode()
    declined = desk.invitations.declined().get()
    assert (declined.email, declined.answered_at) == ("b@example.fi", declined.declined_at)
    assert [row.email for row in desk.invitations.unanswered()] == ["a@example.fi", "c@example.fi"]

    # They may change their mind with the same code.
    assert client.post(address(desk, "sv"), fill(desk, email="b@example.fi", code=code)).status_code == 302
    declined.refresh_from_db()
    assert (declined.declined_at, declined.registration.status) == (None, "confirmed")
    assert client.post(url).status_code == 409
    assert not desk.invitations.declined().exists()


def test_who_declined_and_registers_without_the_code_has_not_declined(desk):
    type(desk).objects.filter(pk=desk.pk).update(eligibility="anyone")
    desk.refresh_from_db()
    invitation = Invitation.objects.get(email="a@example.fi")
    assert invitations.decline(invitation=invitation)
    registration = register(desk, "a@example.fi")
    assert desk.invitations.match_registrations() == 1
    invitation.refresh_from_db()
    assert (invitation.registration, invitation.declined_at) == (registration, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_withdrawn_or_unknown_invitation_cannot_be_declined(client, desk, method):
    code = code_for("a@example.fi")
    invitations.withdraw(invitation=Invitation.objects.get(email="a@example.fi"))
    for each in (code, "guess"):
        assert getattr(client, method)(f"/fi/registrations/invitation/{each}/decline/").status_code == 404
    assert not desk.invitations.declined().exists()


def test_no_code_is_stored(desk):
    code = code_for("a@example.fi")
    assert not AccessToken.objects.filter(digest=code).exists()
    assert not Message.objects.filter(text__contains=code).exists()


def test_who_registers_where_no_code_is_asked_for_has_answered_too(desk):
    type(desk).objects.filter(pk=desk.pk).update(eligibility="anyone")
    desk.refresh_from_db()
    registration = register(desk, "A@example.fi")
    assert desk.invitations.match_registrations() == 1
    answered = Invitation.objects.get(email="a@example.fi")
    assert (answered.registration, answered.answered_at) == (registration, registration.created_at)
    assert (desk.invitations.match_registrations(), invitations.remind(desk=desk)) == (0, 2)


def test_planned_reminder_goes_out_once_on_its_day_to_who_has_not_answered(
    client, desk, time_machine, django_capture_on_commit_callbacks
):
    closes_at = timezone.now() + timedelta(days=10)
    type(desk).objects.filter(pk=desk.pk).update(closes_at=closes_at)
    InvitationReminder.objects.create(desk=desk, days=3)
    client.post(address(desk, "sv"), fill(desk, email="b@example.fi", code=code_for("b@example.fi")))
    assert invitations.start_due_reminders() == 0
    time_machine.move_to(closes_at - timedelta(days=3))
    invitations.invite(desk=desk, invitees=[Invitee("d@example.fi")], language="fi", user=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert invitations.start_due_reminders() == 2
    assert invitations.start_due_reminders() == 0
    reminded = Message.objects.filter(kind="invitation_reminder").values_list("recipient", flat=True)
    assert sorted(reminded) == ["a@example.fi", "c@example.fi"]


def test_planned_reminder_of_a_cancelled_event_stays_at_home(desk):
    type(desk).objects.filter(pk=desk.pk).update(closes_at=timezone.now() + timedelta(days=2), status="cancelled")
    InvitationReminder.objects.create(desk=desk, days=3)
    assert invitations.start_due_reminders() == 0
    assert InvitationReminder.objects.get().sent_at is None


def test_variants_of_an_address_are_one_guest_with_a_clean_name():
    lines = [
        "matti@käse.fi,Ra\u0308sa\u0308nen\u200b Matti,sv",
        "MATTI@ka\u0308se.fi\u200b",
        "matti@xn--kse-qla.fi",
        "päivi@example.fi",
    ]
    invitees, wrong = invitations.read_invitees("\n".join(lines))
    assert invitees == [Invitee("matti@xn--kse-qla.fi", "Räsänen Matti", "sv")]
    assert [number for number, _row in wrong] == [4]
