"""The tokens in the admin: made, shown once, listed and revoked."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from event_pages.models import EventPage
from tests.verkosto.api.conftest import bearer, token_for
from verkosto.api.models import ApiToken

INDEX, NEW = "/admin/api-tokens/", "/admin/api-tokens/new/"


@pytest.fixture
def maker(client: Client, staff: User) -> User:
    """A registrar who may make tokens of their own, signed in."""
    permissions = Permission.objects.filter(codename__in=["access_admin", "add_apitoken"])
    staff.user_permissions.add(*permissions)
    client.force_login(staff)
    return staff


def form(**given: object) -> dict[str, object]:
    until = timezone.localdate() + datetime.timedelta(days=90)
    return {"name": "Kassa", "can_read": "on", "expires_on": until.isoformat(), **given}


def test_token_is_shown_once_and_works(client: Client, maker: User, event: EventPage) -> None:
    created = client.post(NEW, form(page=event.pk))
    (secret,) = re.findall(r'value="(vk_[\w-]{43})"', created.content.decode())
    assert "no-store" in created["Cache-Control"]
    token = ApiToken.objects.get()
    assert (token.user, token.page_id, token.start) == (maker, event.pk, secret[:8])
    assert secret not in str(ApiToken.objects.values().get())
    assert client.get("/api/v1/desks", headers=bearer(secret)).json()["count"] == 1
    listed = client.get(INDEX).content.decode()
    assert secret[:8] in listed
    assert secret not in listed

    revoke = f"/admin/api-tokens/delete/{token.pk}/"
    assert "Kassa" in client.get(revoke).content.decode()
    assert client.get("/api/v1/desks", headers=bearer(secret)).status_code == 200
    assert client.post(revoke).status_code == 302
    assert client.get("/api/v1/desks", headers=bearer(secret)).status_code == 401
    actions = ModelLogEntry.objects.filter(action__startswith="api.").values_list("action", "user")
    assert sorted(actions) == [("api.create_token", maker.pk), ("api.revoke_token", maker.pk)]
    assert secret not in str(list(ModelLogEntry.objects.values()))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "2999-01-01"}, "expires_on"),
        ({"name": ""}, "name"),
        ({"can_read": ""}, "__all__"),
    ],
)
def test_form_says_what_is_missing(client: Client, maker: User, given: dict[str, object], field: str) -> None:
    answer = client.post(NEW, form(**given))
    assert list(answer.context["form"].errors) == [field]
    assert not ApiToken.objects.exists()


def test_people_see_their_own_tokens_and_some_see_all(client: Client, maker: User) -> None:
    other = User.objects.create_user("muu", "muu@example.fi")
    token_for(other, "read")
    token = ApiToken.objects.get()
    assert "Kassa" not in client.get(INDEX).content.decode()
    assert client.post(f"/admin/api-tokens/delete/{token.pk}/").status_code == 404
    client.force_login(User.objects.create_superuser("pää", "paa@example.fi"))
    assert "Kassa" in client.get(INDEX).content.decode()
    assert client.post(f"/admin/api-tokens/delete/{token.pk}/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_who_has_no_permission_makes_no_token(client: Client, staff: User) -> None:
    staff.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(staff)
    assert [client.get(path).status_code for path in (INDEX, NEW)] == [302, 302]
    client.post(NEW, form())
    assert not ApiToken.objects.exists()
