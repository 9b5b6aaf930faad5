import pytest
from django.contrib.auth.models import Group, Permission

from network_pages.models import Membership
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory
from tests.recordings import recorded
from verkosto.registrations.models import DeskAccess


@pytest.fixture
@recorded
def network(homes):
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


@pytest.fixture
@recorded
def other_network(network):
    return NetworkPageFactory(parent=network.get_parent(), title="Tietoverkosto")


@pytest.fixture
@recorded
def member(network):
    return make_member(network, "aino@example.fi", "Aino Virtanen")


def make_member(page, email, name="", **fields):
    return Membership.objects.create(translation_key=page.translation_key, email=email, name=name, **fields)


def make_members(page, number, **fields):
    """Add many members at once, m0@… and so on."""
    Membership.objects.bulk_create(
        Membership(
            translation_key=page.translation_key,
            email=f"m{each}@example.fi",
            name=f"M{each:04}",
            organisation=f"Virasto {each % 40}",
            **fields,
        )
        for each in range(number)
    )


@pytest.fixture
def make_staff(django_user_model):
    """make_staff(page, "change", "export"): a person of the staff whose group sees the registrations under a page."""

    def make(page, *rights, username="registrar"):
        group = Group.objects.create(name=username)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        DeskAccess.objects.create(group=group, page=page, **{f"can_{right}": True for right in rights})
        user = django_user_model.objects.create_user(username, f"{username}@example.org", "a long password for tests")
        user.groups.add(group)
        return user

    return make
