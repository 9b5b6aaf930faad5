"""What begins and ends with a role: the access to the admin."""

import pytest
from django.contrib.auth.models import Permission, User
from wagtail.models import Page

from tests.factories.registrations import desk_of, event_with_desk
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.models import RoleAssignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("helper", "helper@example.fi")


def give(person: User, role: str = "check_in") -> RoleAssignment:
    return give_role(assignment=RoleAssignment(user=person, role=role, page=Page.objects.get(depth=1)))


def has_access(person: User) -> bool:
    return User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")


def test_access_ends_with_the_last_role(person: User) -> None:
    check_in, reader = give(person), give(person, "reader")
    assert has_access(person)
    assert give(person).pk == check_in.pk
    check_in.delete()
    assert has_access(person)
    RoleAssignment.objects.filter(pk=reader.pk).delete()
    assert not has_access(person)


def test_access_that_was_there_before_stays(person: User) -> None:
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    give(person).delete()
    assert has_access(person)


def test_access_ends_with_the_desk(person: User) -> None:
    desk = desk_of(event_with_desk())
    give_role(assignment=RoleAssignment(user=person, role="check_in", desk=desk))
    desk.delete()
    assert not has_access(person)


def test_account_with_a_role_can_be_deleted(person: User) -> None:
    give(person)
    person.delete()
    assert not RoleAssignment.objects.exists()
