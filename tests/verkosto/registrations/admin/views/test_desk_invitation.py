"""The link in an invitation of a colleague: from the mail to the role, with an account or without one."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from verkosto.registrations.domain.desk_invitations import invite_colleague, withdraw
from verkosto.registrations.models import DeskInvitation, RoleAssignment

ADDRESS = "kaisa.kollega@example.fi"
PASSWORD = "a long password for tests"
NOT_VALID = "The invitation is not valid"


@pytest.fixture
def open_link(client, desk, admin, django_capture_on_commit_callbacks):
    """open_link(): send an invitation in English by the administrator, and open its link. Return the answer."""

    def open_link(role="check_in"):
        with django_capture_on_commit_callbacks(execute=True):
            invite_colleague(desk=desk, email=ADDRESS, role=role, language="en", user=admin)
        return again()

    def again():
        link = re.search(r"/en/registrations/colleagues/open/\S+", mail.outbox[0].body)
        assert link
        return client.get(link[0], follow=True)

    open_link.again = again
    return open_link


@pytest.fixture
def kaisa(db):
    return User.objects.create_user("kaisa", "Kaisa.Kollega@example.fi", PASSWORD)


def page_url(name="colleague"):
    with override("en"):
        return reverse(f"verkosto_registrations:{name}", args=[DeskInvitation.objects.get().pk])


def sign_in(client, username, password=PASSWORD):
    return client.post("/admin/login/", {"username": username, "password": password, "next": page_url()})


def test_an_account_signs_in_and_accepts(client, open_link, kaisa, desk, admin):
    User.objects.filter(pk=kaisa.pk).update(last_login=timezone.now())
    answer = open_link("registrar")
    assert answer.request["PATH_INFO"] == page_url()
    assert (answer["Cache-Control"], "k…@example.fi" in answer.content.decode()) == ("no-store, private", True)
    assert ADDRESS not in answer.content.decode()
    assert client.post(page_url("colleague_accept")).url == page_url()
    assert sign_in(client, "kaisa").url == page_url()
    assert not RoleAssignment.objects.exists()
    assert "Accept the invitation" in client.get(page_url()).content.decode()
    assert client.get(page_url("colleague_accept")).status_code == 405
    there = client.post(page_url("colleague_accept"))
    assert there.url == reverse("verkosto_registrations_admin:registrations", args=[desk.pk])
    assert client.get(there.url).status_code == 200
    role = RoleAssignment.objects.get()
    assert (role.user, role.role, role.desk, role.given_by) == (kaisa, "registrar", desk, admin)
    assert ModelLogEntry.objects.get(action="registrations.give_role").user == kaisa
    client.post(page_url("colleague_accept"))
    assert (client.get(page_url()).url, RoleAssignment.objects.count()) == (there.url, 1)


def test_another_account_is_told_for_which_address_it_is(client, open_link, make_staff, make_page):
    client.force_login(make_staff(make_page("Verkosto"), "see"))
    answer = open_link()
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You have signed in as registrar, but the invitation is for the address k…@example.fi." in page
    assert "Sign out, open the link in the mail again, and sign in with the account of that address." in page
    assert ADDRESS not in page
    assert client.post(page_url("colleague_accept")).status_code == 403
    assert not RoleAssignment.objects.exists()


def test_without_an_account_one_is_made_and_its_password_chosen_by_mail(client, open_link, desk):
    page = open_link().content.decode()
    assert "There is no account with the address k…@example.fi yet." in page
    assert client.get(page_url("colleague_account")).status_code == 405
    assert not User.objects.filter(email=ADDRESS).exists()
    answer = client.post(page_url("colleague_account"), follow=True)
    assert "with which nobody has signed in yet" in answer.content.decode()
    account = User.objects.get(email=ADDRESS)
    assert (account.username, account.get_all_permissions(), len(mail.outbox)) == (ADDRESS, set(), 2)
    client.post(page_url("colleague_account"))
    assert (User.objects.filter(email=ADDRESS).count(), len(mail.outbox)) == (1, 2)
    assert mail.outbox[1].to == [ADDRESS]
    link = re.search(r"/admin/password_reset/confirm/\S+", mail.outbox[1].body)
    assert link
    form = client.get(link[0], follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert not RoleAssignment.objects.exists()
    open_link.again()
    assert sign_in(client, ADDRESS).url == page_url()
    there = client.post(page_url("colleague_accept")).url
    assert there == reverse("verkosto_registrations_admin:check_in_today")
    assert (client.get(there).status_code, RoleAssignment.objects.get().user) == (200, account)


def test_where_passwords_are_not_used_single_sign_on_is_named(client, open_link, settings):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = False
    assert "Sign in with the account of your organisation" in open_link().content.decode()
    client.post(page_url("colleague_account"))
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_closed_account_is_not_opened(client, open_link, kaisa):
    User.objects.filter(pk=kaisa.pk).update(is_active=False)
    assert "is closed" in open_link().content.decode()
    client.post(page_url("colleague_account"))
    assert User.objects.filter(email__iexact=ADDRESS).count() == 1


def test_a_name_that_is_taken_makes_no_account(client, open_link):
    User.objects.create_user(ADDRESS, "other@example.fi")
    open_link()
    answer = client.post(page_url("colleague_account"))
    assert (answer.status_code, "An account cannot be made" in answer.content.decode()) == (409, True)


def test_without_the_link_even_the_right_account_gets_nothing(client, open_link, kaisa):
    open_link()
    client.cookies.clear()
    client.force_login(kaisa)
    for answer in (client.get(page_url()), client.post(page_url("colleague_accept"))):
        assert (answer.status_code, NOT_VALID in answer.content.decode()) == (404, True)
    assert not RoleAssignment.objects.exists()


def test_withdrawn_or_without_the_rights_of_its_inviter_it_is_not_valid(client, open_link, kaisa, admin):
    open_link()
    client.force_login(kaisa)
    User.objects.filter(pk=admin.pk).update(is_superuser=False)
    open_link.again()
    assert client.post(page_url("colleague_accept")).status_code == 404
    User.objects.filter(pk=admin.pk).update(is_superuser=True)
    open_link.again()
    withdraw(invitation=DeskInvitation.objects.get())
    assert client.post(page_url("colleague_accept")).status_code == 404
    assert NOT_VALID in open_link.again().content.decode()
    assert not RoleAssignment.objects.exists()
