"""Followers in the admin: by permission, with counts, erased one by one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import ModelLogEntry

from tests.verkosto.subscriptions.conftest import follower
from verkosto.subscriptions.admin_views import target_choices
from verkosto.subscriptions.models import Follower

pytestmark = pytest.mark.django_db
LIST = "/admin/followers/"


@pytest.fixture
def staff(client: Client, django_user_model: Any) -> Callable[..., Client]:
    """Sign in somebody with permissions to followers."""

    def sign_in(*codenames: str) -> Client:
        user = django_user_model.objects.create_user("staff", "staff@example.fi", "a long password for tests")
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
        client.force_login(user)
        return client

    return sign_in


def test_list_needs_a_permission(staff: Any) -> None:
    answer = staff().get(LIST)
    assert (answer.status_code, answer["Location"], answer.content) == (302, "/admin/", b"")


def test_list_shows_who_follows_what(staff: Any, network: Any) -> None:
    follower("aino@example.fi", ("network", network.translation_key), ("topic", "gone"))
    follower("eino@example.fi", ("network", network.translation_key))
    assert target_choices() == [
        (f"network:{network.translation_key}", "Johtajaverkosto (2)"),
        ("topic:gone", "(no longer public) (1)"),
    ]
    client = staff("view_follower")
    page = client.get(LIST, {"target": "topic:gone"}).content.decode()
    assert ("aino@example.fi" in page, "eino@example.fi" in page) == (True, False)
    assert "/erase/" not in page
    assert ModelLogEntry.objects.get(action="verkosto_subscriptions.see_followers").data == {"count": 1}
    assert client.get(f"{LIST}{Follower.objects.first().pk}/erase/").status_code == 302


def test_queries_of_the_list_do_not_grow(staff: Any, network: Any, count_queries: Callable[..., int]) -> None:
    staff("delete_follower")
    follower("aino@example.fi", ("network", network.translation_key), ("topic", "t"))
    few = count_queries(LIST)
    for number in range(29):
        follower(f"{number}@example.fi", ("network", network.translation_key), ("topic", f"t{number}"))
    assert count_queries(LIST) == few


def test_follower_is_erased(staff: Any, network: Any) -> None:
    person = follower("aino@example.fi", ("network", network.translation_key))
    client = staff("delete_follower")
    address = f"{LIST}{person.pk}/erase/"
    assert "aino@example.fi" in client.get(address).content.decode()
    assert Follower.objects.exists()
    assert client.post(address)["Location"] == LIST
    assert not Follower.objects.exists()
    entry = ModelLogEntry.objects.get(action="wagtail.delete")
    assert "aino" not in f"{entry.label}{entry.data}"
