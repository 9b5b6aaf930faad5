"""The webhooks in the admin."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.factories.registrations import event_with_desk
from verkosto.registrations.models import DeskAccess
from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db
FORM = {
    "name": "CRM",
    "url": "https://crm.example.fi/hook",
    "events": ["registration.created", "desk.full"],
    "page": "",
    "is_active": "on",
    "description": "Asiakasrekisteri",
}


@pytest.fixture
def signed_in(client: Any) -> Any:
    """Sign in somebody with permissions to webhooks alone, by their names."""

    def sign_in(*verbs: str) -> Any:
        group = Group.objects.create(name="Webhooks")
        names = ["access_admin", *(f"{verb}_endpoint" for verb in verbs)]
        group.permissions.add(*Permission.objects.filter(codename__in=names))
        user = get_user_model().objects.create_user("aino", "aino@example.fi", "x")
        user.groups.add(group)
        client.force_login(user)
        return user

    return sign_in


def test_secret_of_a_new_webhook_is_shown_once(client, signed_in):
    user = signed_in("add", "change")
    answer = client.post(reverse("webhooks:add"), FORM)
    endpoint = Endpoint.objects.get()
    url = reverse("webhooks:endpoint", args=[endpoint.pk])
    assert answer.headers["Location"] == url
    assert (endpoint.owner, endpoint.events, endpoint.page) == (user, FORM["events"], None)
    assert endpoint.secret in client.get(url).content.decode()
    html = client.get(url).content.decode()
    assert "whsec_" not in html
    assert "The last free place" not in html
    assert client.get(reverse("webhooks:edit", args=[endpoint.pk])).status_code == 200
    before = endpoint.secret
    assert client.post(reverse("webhooks:rotate_secret", args=[endpoint.pk])).headers["Location"] == url
    endpoint.refresh_from_db()
    assert endpoint.secret != before
    assert endpoint.secret in client.get(url).content.decode()


def test_personal_data_is_only_for_who_may_export_it(client, signed_in):
    user = signed_in("add")
    series = event_with_desk().get_parent()
    url = reverse("webhooks:add")
    typed = {**FORM, "includes_personal_data": "on", "page": series.pk}
    assert "includes_personal_data" in client.post(url, typed).context["form"].errors
    DeskAccess.objects.create(group=user.groups.get(), page=series, can_see=True, can_export=True)
    assert "includes_personal_data" in client.post(url, {**typed, "page": ""}).context["form"].errors
    assert client.post(url, typed).status_code == 302
    assert Endpoint.objects.get().includes_personal_data


def test_wrong_url_loses_nothing_that_was_typed(client, signed_in):
    signed_in("add")
    form = client.post(reverse("webhooks:add"), {**FORM, "url": "http://localhost/"}).context["form"]
    assert list(form.errors) == ["url"]
    assert form["description"].value() == "Asiakasrekisteri"


def test_who_may_only_view_changes_nothing(client, signed_in, make_endpoint):
    endpoint = make_endpoint()
    row = Delivery.objects.create(endpoint=endpoint, event="page.published", state=DeliveryState.DELIVERED)
    signed_in("view")
    html = client.get(reverse("webhooks:endpoint", args=[endpoint.pk])).content.decode()
    assert reverse("webhooks:test", args=[endpoint.pk]) not in html
    for name, key in (("test", endpoint.pk), ("rotate_secret", endpoint.pk), ("replay", row.pk)):
        client.post(reverse(f"webhooks:{name}", args=[key]))
    assert list(Delivery.objects.values_list("state", flat=True)) == ["delivered"]
    assert Endpoint.objects.get().seed == endpoint.seed


def test_delivery_is_sent_again_and_logged(client, signed_in, make_endpoint):
    endpoint = make_endpoint()
    row = Delivery.objects.create(
        endpoint=endpoint, event="page.published", state="failed", response_start="<b>no</b>"
    )
    signed_in("change")
    html = client.get(reverse("webhooks:delivery", args=[row.pk])).content.decode()
    assert "&lt;b&gt;no&lt;/b&gt;" in html
    answer = client.post(reverse("webhooks:replay", args=[row.pk]))
    assert answer.headers["Location"] == reverse("webhooks:endpoint", args=[endpoint.pk])
    row.refresh_from_db()
    assert row.state == "queued"
    assert list(ModelLogEntry.objects.values_list("action", flat=True)) == ["webhooks.replay"]
    Endpoint.objects.update(is_active=False)
    client.post(reverse("webhooks:test", args=[endpoint.pk]))
    assert Delivery.objects.count() == 1


def test_webhook_that_is_switched_on_again_is_tried_at_once(client, signed_in, make_endpoint):
    endpoint = make_endpoint(is_active=False)
    signed_in("change")
    client.post(reverse("webhooks:edit", args=[endpoint.pk]), FORM)
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.switched_off_at, endpoint.failures) == (True, None, 0)


def test_lists_take_as_many_queries_at_thirty_rows(client, signed_in, make_endpoint, count_queries):
    page = event_with_desk()
    endpoint = make_endpoint(page=page)
    signed_in("view")
    urls = [reverse("webhooks:index"), reverse("webhooks:endpoint", args=[endpoint.pk])]
    Delivery.objects.create(endpoint=endpoint, event="page.published")
    numbers = [count_queries(url) for url in urls]
    for number in range(29):
        make_endpoint(name=f"System {number}", page=page)
    Delivery.objects.bulk_create([Delivery(endpoint=endpoint, event="page.published") for _n in range(29)])
    assert [count_queries(url) for url in urls] == numbers
