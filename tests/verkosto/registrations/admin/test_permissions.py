import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import GroupPagePermission

from tests.verkosto.registrations.admin.answers import is_not_found
from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission


@pytest.fixture
def subtree(make_page):
    return make_page("Verkosto A")


@pytest.fixture
def desks(make_desk, make_page, subtree):
    return make_desk("A", page=make_page("A", under=subtree)), make_desk("B")


def test_desks_for_gives_the_subtree_alone(desks, subtree, make_staff):
    user = make_staff(subtree, "see")
    assert list(desks_for(user)) == [desks[0]]
    assert [has_permission(user, right, desks[0]) for right in DeskPermission] == [True, False, False, False, False]
    assert not has_permission(user, DeskPermission.SEE, desks[1])


def test_permissions_apply_in_every_language_of_the_subtree(make_desk, make_page, subtree, make_staff):
    swedish = make_page("Nätverk A", language="sv", translation_key=subtree.translation_key)
    desk = make_desk("På svenska", page=make_page("På svenska", under=swedish, language="sv"))
    assert list(desks_for(make_staff(subtree, "see"))) == [desk]


def test_permissions_are_independent(desks, subtree, make_staff):
    for right in ("change", "export", "read_sensitive", "erase"):
        user = make_staff(subtree, "see", right, username=right)
        assert {each for each in DeskPermission.values if has_permission(user, each, desks[0])} == {"see", right}


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
