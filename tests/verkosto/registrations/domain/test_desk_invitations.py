"""Invitations of colleagues to one desk: who can accept which, and what an invitation never does."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from verkosto.registrations.domain import desk_invitations
from verkosto.registrations.domain.desk_invitations import (
    MAX_PENDING,
    accept,
    delete_ended,
    find_invitation,
    invite_colleague,
    make_account,
    send_again,
    withdraw,
)
from verkosto.registrations.exceptions import AlreadyInvited, NotPossible, SentRecently, WrongAccount
from verkosto.registrations.models import DeskInvitation, Message, RoleAssignment
from verkosto.registrations.tokens import digest

ADDRESS = "kaisa.kollega@example.fi"


@pytest.fixture
def desk(make_desk):
    return make_desk()


@pytest.fixture
def inviter(db):
    return User.objects.create_user("inviter", "inviter@example.fi")


@pytest.fixture
def kaisa(db):
    return User.objects.create_user("kaisa", "Kaisa.Kollega@Example.fi")


@pytest.fixture
def invite(desk, inviter, django_capture_on_commit_callbacks):
    def invite(email=ADDRESS, role="check_in", language="en", desk=desk):
        with django_capture_on_commit_callbacks(execute=True):
            return invite_colleague(desk=desk, email=email, role=role, language=language, user=inviter)

    return invite


def token_in(text: str) -> str:
    found = re.search(r"/colleagues/open/([\w-]+)/", text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("language", "subject", "prefix"),
    [
        ("fi", "Kutsu auttamaan ilmoittautumisten hoidossa: Verkostopäivä", "/fi/registrations/colleagues/open/"),
        ("sv", "Inbjudan att hjälpa till med anmälningar: Verkostopäivä på svenska", "/sv/registrations/"),
        ("en", "You are invited to help with registrations: Verkostopäivä", "/en/registrations/"),
    ],
)
def test_the_mail_is_in_the_chosen_language_and_its_link_is_stored_nowhere(invite, language, subject, prefix):
    invite(" Kaisa.KOLLEGA@example.fi", language=language)
    letter, message = mail.outbox[0], Message.objects.get()
    assert (letter.to, letter.subject, prefix in letter.body, ADDRESS in letter.body) == (
        [ADDRESS],
        subject,
        True,
        True,
    )
    invitation, token = DeskInvitation.objects.get(), token_in(letter.body)
    assert (invitation.email, invitation.digest, find_invitation(token)) == (ADDRESS, digest(token), invitation)
    assert token not in f"{message.text} {message.context}"


def test_the_account_of_the_address_gets_the_role_once(invite, desk, inviter, kaisa):
    invitation = invite()
    role = accept(invitation=invitation, user=kaisa)
    assert role
    assert (role.user, role.role, role.desk, role.page, role.given_by) == (kaisa, "check_in", desk, None, inviter)
    assert User.objects.get(pk=kaisa.pk).has_perm("wagtailadmin.access_admin")
    assert accept(invitation=invitation, user=kaisa) is None
    assert RoleAssignment.objects.count() == 1
    role.delete()
    assert accept(invitation=invitation, user=kaisa) is None
    assert not RoleAssignment.objects.exists()


def test_another_account_gets_nothing(invite, kaisa):
    invitation = invite()
    for name, address in (("other", "other@example.fi"), ("nobody", "")):
        with pytest.raises(WrongAccount):
            accept(invitation=invitation, user=User.objects.create_user(name, address))
    accept(invitation=invitation, user=kaisa)
    with pytest.raises(NotPossible):
        accept(invitation=invitation, user=User.objects.create_user("namesake", ADDRESS))
    assert [role.user for role in RoleAssignment.objects.all()] == [kaisa]


def test_expired_or_withdrawn_gives_nothing(invite, kaisa):
    expired, withdrawn = invite(), invite(role="registrar")
    DeskInvitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    assert (withdraw(invitation=withdrawn), withdraw(invitation=withdrawn)) == (True, False)
    for invitation in (expired, withdrawn):
        with pytest.raises(NotPossible):
            accept(invitation=invitation, user=kaisa)
        with pytest.raises(NotPossible):
            make_account(invitation=invitation)
    assert find_invitation(token_in(mail.outbox[1].body)) is None
    assert (RoleAssignment.objects.count(), User.objects.count()) == (0, 2)


def test_withdrawn_before_it_was_sent_is_not_sent(desk, inviter, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        values = {"email": ADDRESS, "role": "check_in", "language": "fi", "user": inviter}
        withdraw(invitation=invite_colleague(desk=desk, **values))
    assert (mail.outbox, Message.objects.get().state) == ([], "dropped")


def test_an_address_is_invited_once_to_a_role_at_a_desk(invite, make_desk):
    first = invite()
    with pytest.raises(AlreadyInvited):
        invite(ADDRESS.upper())
    invite(role="registrar")
    invite(desk=make_desk("Toinen"))
    DeskInvitation.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    assert invite().pk == first.pk
    first.refresh_from_db()
    assert first.is_pending


def test_sent_again_has_a_new_link_and_another_week(invite, inviter, django_capture_on_commit_callbacks):
    invitation = invite()
    with pytest.raises(SentRecently):
        send_again(invitation=invitation, user=inviter)
    earlier = timezone.now() - timedelta(days=8)
    DeskInvitation.objects.update(written_at=earlier, expires_at=earlier + timedelta(days=7))
    with django_capture_on_commit_callbacks(execute=True):
        send_again(invitation=invitation, user=inviter)
    old, new = (token_in(letter.body) for letter in mail.outbox)
    assert (find_invitation(old), find_invitation(new)) == (None, invitation)
    invitation.refresh_from_db()
    assert invitation.is_pending
    withdraw(invitation=invitation)
    with pytest.raises(NotPossible):
        send_again(invitation=invitation, user=inviter)


def test_a_desk_has_a_limit_of_open_invitations(invite, desk, monkeypatch):
    assert MAX_PENDING == 50
    monkeypatch.setattr(desk_invitations, "MAX_PENDING", 2)
    first = invite()
    invite("b@example.fi")
    with pytest.raises(NotPossible):
        invite("c@example.fi")
    withdraw(invitation=first)
    assert invite("c@example.fi").is_pending


def test_an_address_gets_few_mails_an_hour(invite, make_desk, settings):
    settings.REGISTRATION_MAILS_AN_HOUR = 2
    for number in range(3):
        invite(desk=make_desk(f"Tapahtuma {number}"))
    assert len(mail.outbox) == 2
    waiting = Message.objects.get(state="queued")
    assert waiting.due_at > timezone.now() + timedelta(minutes=50)


def test_the_account_is_made_once_without_any_right(invite):
    invitation = invite(language="sv")
    account = make_account(invitation=invitation)
    assert account
    assert (account.username, account.email, account.is_active) == (ADDRESS, ADDRESS, True)
    assert (account.get_all_permissions(), account.groups.count(), account.is_staff) == (set(), 0, False)
    assert (account.has_usable_password(), account.wagtail_userprofile.preferred_language) == (True, "sv")
    assert make_account(invitation=invitation) is None
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_no_account_is_made_where_the_address_has_one_or_cannot_be_a_name(invite, kaisa):
    User.objects.filter(pk=kaisa.pk).update(is_active=False)
    assert make_account(invitation=invite()) is None
    User.objects.create_user("taken@example.fi", "other@example.fi")
    for address in ("taken@example.fi", "o'connor@example.fi"):
        with pytest.raises(NotPossible):
            make_account(invitation=invite(address))
    assert not User.objects.filter(email__in=["taken@example.fi", "o'connor@example.fi"]).exists()


def test_ended_invitations_are_deleted_after_30_days(invite, kaisa):
    accepted, withdrawn, expired, open_ = (invite(f"{name}@example.fi") for name in "abcd")
    moment = timezone.now() - timedelta(days=31)
    DeskInvitation.objects.filter(pk=accepted.pk).update(accepted_at=moment, accepted_by=kaisa)
    DeskInvitation.objects.filter(pk=withdrawn.pk).update(withdrawn_at=moment)
    DeskInvitation.objects.filter(pk=expired.pk).update(expires_at=moment)
    assert delete_ended() == 3
    assert list(DeskInvitation.objects.all()) == [open_]
