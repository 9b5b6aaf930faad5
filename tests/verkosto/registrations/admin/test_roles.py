"""The list of roles in the admin, and what giving one changes."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.registrations.enums import DeskRole
from verkosto.registrations.models import RoleAssignment


@pytest.fixture
def colleague(db):
    return User.objects.create_user("colleague", "colleague@example.fi", first_name="Kaisa", last_name="Kollega")


def test_a_role_is_given_and_taken_back(admin_client, admin, colleague, make_page):
    network = make_page("Verkosto A")
    data = {"user": colleague.pk, "role": "check_in", "page": network.pk}
    assert admin_client.post(reverse("roles:add"), data).url == reverse("roles:index")
    role = RoleAssignment.objects.get()
    assert (role.user, role.role, role.page.pk, role.desk, role.given_by) == (
        colleague,
        DeskRole.CHECK_IN,
        network.pk,
        None,
        admin,
    )
    assert User.objects.get(pk=colleague.pk).get_all_permissions() == {"wagtailadmin.access_admin"}
    assert (colleague.is_staff, colleague.is_superuser) == (False, False)
    page = admin_client.get(reverse("roles:index")).content.decode()
    assert ("Kaisa Kollega" in page, "Verkosto A" in page) == (True, True)
    admin_client.post(reverse("roles:delete", args=[role.pk]))
    assert not RoleAssignment.objects.exists()
    assert set(ModelLogEntry.objects.values_list("action", flat=True)) == {
        "registrations.give_role",
        "registrations.take_role",
    }


def test_form_says_what_each_role_may_do_and_chooses_none(admin_client):
    form = admin_client.get(reverse("roles:add"), headers={"accept-language": "en"}).context["form"]
    assert [value for value, _text in form.fields["role"].choices] == DeskRole.values
    assert "checked" not in str(form["role"])


def test_the_same_role_is_not_given_twice(admin_client, colleague, make_page):
    network = make_page("Verkosto A")
    RoleAssignment.objects.create(user=colleague, role="check_in", page=network)
    answer = admin_client.post(reverse("roles:add"), {"user": colleague.pk, "role": "check_in", "page": network.pk})
    assert answer.context["form"].errors
    assert RoleAssignment.objects.count() == 1


def test_a_registrar_gives_no_roles(client, make_page, make_staff):
    client.force_login(make_staff(make_page("Verkosto A"), "see", "change", "erase"))
    for name in ("index", "add"):
        assert is_refused(client, client.get(reverse(f"roles:{name}")))


def test_the_list_takes_the_same_queries_at_1_and_30_roles(
    admin_client, make_page, make_desk, django_assert_max_num_queries, django_assert_num_queries
):
    def people(numbers):
        for n in numbers:
            user = User.objects.create_user(f"person{n}")
            RoleAssignment.objects.create(user=user, role="check_in", page=make_page(f"Verkosto {n}"))

    people([0])
    RoleAssignment.objects.create(user=User.objects.get(username="person0"), role="reader", desk=make_desk())
    admin_client.get(reverse("roles:index"))
    with django_assert_max_num_queries(20) as before:
        admin_client.get(reverse("roles:index"))
    people(range(1, 30))
    with django_assert_num_queries(len(before)):
        admin_client.get(reverse("roles:index"))
