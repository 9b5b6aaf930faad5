"""The colleagues of a desk in the admin: who may invite whom, and what the list offers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from tests.verkosto.registrations.admin.answers import is_not_found, is_refused
from verkosto.accounts.middleware import sensitive_views
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.models import DeskInvitation, RoleAssignment

ADDRESS = "kaisa.kollega@example.fi"
ENGLISH = {"accept-language": "en"}
INVITED = {"email": ADDRESS, "role": "check_in", "language": "sv"}


def url(desk, name="colleagues", *args):
    return reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk, *args])


def may_give(user, *names):
    user.user_permissions.add(*Permission.objects.filter(codename__in=[f"{name}_roleassignment" for name in names]))
    return user


@pytest.fixture
def registrar(desk, make_staff):
    """A registrar of the desk's page who may give and take roles."""
    rights = ("see", "change", "export", "read_sensitive", "erase")
    return may_give(make_staff(Page.objects.get(path=desk.tree_path), *rights), "add", "delete")


@pytest.fixture
def invitation(desk, registrar):
    return DeskInvitation.objects.create(
        desk=desk, email=ADDRESS, role="check_in", language="fi", invited_by=registrar, expires_at=later()
    )


def later(days=7):
    return timezone.now() + timedelta(days=days)


def test_a_colleague_is_invited(client, desk, registrar, django_capture_on_commit_callbacks):
    client.force_login(registrar)
    empty = client.get(url(desk), headers=ENGLISH).content.decode()
    assert ("Nobody has an open invitation." in empty, "Nobody has a role at this event alone." in empty) == (
        True,
        True,
    )
    assert url(desk, "colleague_invite") in empty
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url(desk, "colleague_invite"), INVITED, headers=ENGLISH, follow=True)
    invitation = DeskInvitation.objects.get()
    assert (invitation.email, invitation.role, invitation.language) == (ADDRESS, "check_in", "sv")
    assert (invitation.desk, invitation.invited_by) == (desk, registrar)
    page = answer.content.decode()
    assert ("The invitation has been sent. It is valid for 7 days." in page, ADDRESS in page) == (True, True)
    assert (mail.outbox[0].to, "Din roll: Incheckning" in mail.outbox[0].body) == ([ADDRESS], True)
    entry = ModelLogEntry.objects.get(action="registrations.invite_colleague")
    assert entry.data == {"role": "check_in", "invitation": invitation.pk}


def test_errors_keep_what_was_typed(client, desk, registrar, invitation):
    client.force_login(registrar)
    twice = client.post(url(desk, "colleague_invite"), INVITED, headers=ENGLISH).content.decode()
    assert "This address has been invited already." in twice
    assert f'value="{ADDRESS}"' in twice
    bare = client.post(url(desk, "colleague_invite"), {"email": "kaisa@", "language": "sv"}, headers=ENGLISH)
    assert bare.context["form"].errors["role"] == ["Choose the role."]
    assert 'value="kaisa@"' in bare.content.decode()
    assert (DeskInvitation.objects.count(), len(mail.outbox)) == (1, 0)


def test_a_full_list_says_what_to_do(client, desk, registrar, invitation, monkeypatch):
    monkeypatch.setattr("verkosto.registrations.domain.desk_invitations.MAX_PENDING", 1)
    client.force_login(registrar)
    page = client.post(
        url(desk, "colleague_invite"), INVITED | {"role": "registrar"}, headers=ENGLISH
    ).content.decode()
    assert "An event has at most 1 open invitations of colleagues. Withdraw one that is not needed." in page


def test_an_inviter_gives_no_more_than_they_hold(client, desk, make_staff):
    helper = may_give(make_staff(Page.objects.get(path=desk.tree_path), "see", "change"), "add")
    client.force_login(helper)
    form = client.get(url(desk, "colleague_invite")).context["form"]
    assert [value for value, _text in form.fields["role"].choices] == ["check_in"]
    client.post(url(desk, "colleague_invite"), INVITED | {"role": "registrar"})
    assert not DeskInvitation.objects.exists()
    other = DeskInvitation.objects.create(
        desk=desk, email=ADDRESS, role="registrar", language="fi", expires_at=later(), written_at=later(-1)
    )
    assert is_refused(client, client.post(url(desk, "colleague_resend", other.pk)))
    other.refresh_from_db()
    assert other.invited_by is None


@pytest.mark.parametrize(("rights", "permissions"), [(("see", "change"), ("delete",)), (("see", "export"), ("add",))])
def test_it_takes_both_permissions(client, desk, make_staff, rights, permissions):
    client.force_login(may_give(make_staff(Page.objects.get(path=desk.tree_path), *rights), *permissions))
    for name in ("colleagues", "colleague_invite"):
        assert is_refused(client, client.get(url(desk, name)))
    assert is_refused(client, client.post(url(desk, "colleague_invite"), INVITED))
    assert not DeskInvitation.objects.exists()
    assert url(desk) not in client.get(url(desk, "registrations")).content.decode()


def test_another_desk_is_not_found(client, registrar, invitation, desk, make_desk):
    other = make_desk("Toinen")
    client.force_login(registrar)
    assert is_not_found(client.get(url(other)))
    assert is_not_found(client.post(url(other, "colleague_invite"), INVITED))
    for name in ("colleague_resend", "colleague_withdraw"):
        assert is_not_found(client.post(url(other, name, invitation.pk)))
    foreign = DeskInvitation.objects.create(
        desk=other, email=ADDRESS, role="check_in", language="fi", expires_at=later()
    )
    role = RoleAssignment.objects.create(user=registrar, role="check_in", desk=other)
    for name, pk in (("colleague_withdraw", foreign.pk), ("colleague_role_take", role.pk)):
        assert is_not_found(client.post(url(desk, name, pk)))
    foreign.refresh_from_db()
    assert (foreign.is_pending, RoleAssignment.objects.count()) == (True, 1)


def test_sent_again_and_withdrawn_by_post_alone(client, desk, registrar, invitation):
    client.force_login(registrar)
    for name in ("colleague_resend", "colleague_withdraw", "colleague_role_take"):
        assert client.get(url(desk, name, invitation.pk)).status_code == 405
    page = client.post(url(desk, "colleague_resend", invitation.pk), headers=ENGLISH, follow=True).content.decode()
    assert "The invitation was sent a moment ago. You can send it again after 10 minutes." in page
    DeskInvitation.objects.update(written_at=later(-8), expires_at=later(-1))
    assert "Expired" in client.get(url(desk), headers=ENGLISH).content.decode()
    page = client.post(url(desk, "colleague_resend", invitation.pk), headers=ENGLISH, follow=True).content.decode()
    assert "The invitation has been sent again." in page
    page = client.post(url(desk, "colleague_withdraw", invitation.pk), headers=ENGLISH, follow=True).content.decode()
    assert ("The invitation has been withdrawn." in page, ADDRESS in page) == (True, False)


def test_a_role_is_taken_back(client, desk, registrar):
    kaisa = User.objects.create_user("kaisa", ADDRESS, first_name="Kaisa", last_name="Kollega")
    role = give_role(assignment=RoleAssignment(user=kaisa, role="check_in", desk=desk))
    client.force_login(registrar)
    assert "Take back the role of Kaisa Kollega" in client.get(url(desk), headers=ENGLISH).content.decode()
    registrar.user_permissions.remove(Permission.objects.get(codename="delete_roleassignment"))
    assert "Take back" not in client.get(url(desk), headers=ENGLISH).content.decode()
    assert is_refused(client, client.post(url(desk, "colleague_role_take", role.pk)))
    may_give(registrar, "delete")
    client.post(url(desk, "colleague_role_take", role.pk))
    assert not RoleAssignment.objects.exists()
    assert not User.objects.get(pk=kaisa.pk).has_perm("wagtailadmin.access_admin")
    assert ModelLogEntry.objects.filter(action="registrations.take_role", user=registrar).count() == 1


def test_what_gives_or_takes_a_role_asks_for_a_recent_proof():
    ours = {f"verkosto_registrations_admin:colleague_{name}" for name in ("invite", "resend", "role_take")}
    assert ours <= sensitive_views()


def test_the_list_takes_the_same_queries_at_1_and_30(
    client, desk, registrar, django_assert_max_num_queries, django_assert_num_queries
):
    def fill(numbers):
        for n in numbers:
            user = User.objects.create_user(f"person{n}", f"person{n}@example.fi")
            RoleAssignment.objects.create(user=user, role="check_in", desk=desk, given_by=user)
            DeskInvitation.objects.create(
                desk=desk,
                email=f"p{n}@example.fi",
                role="check_in",
                language="fi",
                invited_by=user,
                expires_at=later(),
            )

    client.force_login(registrar)
    fill([0])
    client.get(url(desk))
    with django_assert_max_num_queries(40) as before:
        client.get(url(desk))
    fill(range(1, 30))
    with django_assert_num_queries(len(before)):
        client.get(url(desk))
