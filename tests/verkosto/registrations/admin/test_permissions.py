import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Site

from tests.verkosto.registrations.admin.answers import is_not_found
from verkosto.registrations.admin.permissions import (
    DeskPermission,
    desks_for,
    has_permission,
    policy,
    protects_all_data,
)
from verkosto.registrations.enums import DeskRole
from verkosto.registrations.models import Desk, RoleAssignment


@pytest.fixture
def subtree(make_page):
    return make_page("Verkosto A")


@pytest.fixture
def desks(make_desk, make_page, subtree):
    return make_desk("A", page=make_page("A", under=subtree)), make_desk("B")


@pytest.fixture
def today(desks):
    """The events of the desks are held today."""
    Desk.objects.update(starts_at=timezone.now(), ends_at=timezone.now())
    for desk in desks:
        desk.refresh_from_db()


def permissions_of(user, desk):
    return {each for each in DeskPermission.values if has_permission(user, each, desk)}


def test_desks_for_gives_the_subtree_alone(desks, subtree, make_staff):
    user = make_staff(subtree, "see")
    assert list(desks_for(user)) == [desks[0]]
    assert [right for right in DeskPermission if has_permission(user, right, desks[0])] == [DeskPermission.SEE]
    assert not has_permission(user, DeskPermission.SEE, desks[1])


def test_permissions_apply_in_every_language_of_the_subtree(make_desk, make_page, subtree, make_staff):
    swedish = make_page("Nätverk A", language="sv", translation_key=subtree.translation_key)
    desk = make_desk("På svenska", page=make_page("På svenska", under=swedish, language="sv"))
    assert list(desks_for(make_staff(subtree, "see"))) == [desk]


def test_permissions_are_independent(desks, subtree, make_staff):
    for right in ("change", "export", "read_sensitive", "erase", "protect_data"):
        user = make_staff(subtree, "see", right, username=right)
        included = {"check_in"} if right == "change" else set()
        assert permissions_of(user, desks[0]) == {"see", right, *included}


def test_a_permission_without_the_one_to_see_gives_nothing(desks, subtree, make_staff):
    user = make_staff(subtree, "export")
    user.groups.get().desk_access.update(can_see=False)
    assert not has_permission(user, DeskPermission.EXPORT, desks[0])


def test_the_permission_to_edit_pages_gives_none(desks, subtree, client):
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(codename__in=["change_page", "publish_page"]):
        GroupPagePermission.objects.create(group=group, page=subtree, permission=permission)
    editor = User.objects.create_user("editor")
    editor.groups.add(group)
    client.force_login(editor)
    assert not desks_for(editor).exists()
    assert is_not_found(client.get(reverse("verkosto_registrations_admin:registrations", args=[desks[0].pk])))


def test_an_inactive_superuser_has_none(desks, admin):
    admin.is_active = False
    assert not has_permission(admin, DeskPermission.SEE, desks[0])


@pytest.mark.parametrize("name", ["registrations", "registrations_results", "desk_messages", "desk_messages_results"])
def test_another_subtrees_desk_answers_404_without_data(name, desks, subtree, make_staff, make_registration, client):
    make_registration(desks[1], name="Salainen Henkilö")
    client.force_login(make_staff(subtree, "see", "change", "export", "read_sensitive", "erase"))
    response = client.get(reverse(f"verkosto_registrations_admin:{name}", args=[desks[1].pk]))
    assert is_not_found(response)
    assert "Salainen" not in response.content.decode()


def test_another_desks_registration_answers_404(desks, subtree, make_staff, make_registration, client):
    foreign = make_registration(desks[1])
    client.force_login(make_staff(subtree, "see"))
    for desk in desks:
        url = reverse("verkosto_registrations_admin:registration", args=[desk.pk, foreign.pk])
        assert is_not_found(client.get(url))


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (DeskRole.CHECK_IN, {"check_in"}),
        (DeskRole.READER, {"see"}),
        (DeskRole.REGISTRAR, {"see", "change", "check_in", "export", "read_sensitive", "erase"}),
        (DeskRole.DATA_PROTECTION, {"protect_data"}),
    ],
)
def test_a_role_of_a_person_covers_a_subtree_or_one_desk(role, permissions, desks, subtree, today):
    below, alone = User.objects.create_user("below"), User.objects.create_user("alone")
    RoleAssignment.objects.create(user=below, role=role, page=subtree)
    RoleAssignment.objects.create(user=alone, role=role, desk=desks[1])
    assert (permissions_of(below, desks[0]), permissions_of(below, desks[1])) == (permissions, set())
    assert (permissions_of(alone, desks[0]), permissions_of(alone, desks[1])) == (set(), permissions)
    assert list(desks_for(alone, *permissions)) == [desks[1]]


def test_a_role_at_one_desk_gives_nothing_below_its_page(desks):
    user = User.objects.create_user("alone")
    RoleAssignment.objects.create(user=user, role=DeskRole.REGISTRAR, desk=desks[0])
    assert (policy.paths(user, "see"), policy.paths(user, "export")) == ((), ())


def test_check_in_opens_on_the_day_alone(desks, subtree):
    user = User.objects.create_user("checks-in")
    RoleAssignment.objects.create(user=user, role=DeskRole.CHECK_IN, page=subtree)
    assert (permissions_of(user, desks[0]), list(desks_for(user, "check_in"))) == (set(), [])
    assert has_permission(user, "check_in")


def test_permissions_are_read_in_three_queries(desks, subtree, make_staff, django_assert_num_queries):
    user = make_staff(subtree, "see")
    RoleAssignment.objects.create(user=user, role=DeskRole.REGISTRAR, page=subtree)
    with django_assert_num_queries(3):
        assert permissions_of(user, desks[0]) >= {"see", "erase"}


def test_who_protects_all_data_does_so_at_every_site(make_page, locales):
    home, network = Site.objects.get().root_page, make_page("Verkosto", under=Site.objects.get().root_page)
    for page, expected in ((network, False), (home, True)):
        user = User.objects.create_user(page.title)
        RoleAssignment.objects.create(user=user, role=DeskRole.DATA_PROTECTION, page=page)
        assert protects_all_data(user) == expected


def test_users_with_a_permission_are_found_by_group_and_by_role(desks, subtree, make_staff):
    reader, helper = make_staff(subtree, "see"), User.objects.create_user("checks-in")
    RoleAssignment.objects.create(user=helper, role=DeskRole.CHECK_IN, page=subtree)
    assert list(policy.users_with_any_permission(["see"])) == [reader]
    assert list(policy.users_with_any_permission(["check_in"])) == [helper]
