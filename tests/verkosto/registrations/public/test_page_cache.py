"""The form in a page that all visitors share from the cache."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.registrations import desk_of, event_with_desk
from tests.verkosto.registrations.form_posts import address
from verkosto.registrations.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


def stamp_of(html: str) -> str:
    return html.partition('name="rendered" value="')[2].partition('"')[0]


def test_visitors_register_through_one_kept_page(event, desk):
    page = Client().get(event.url).content.decode()
    with CaptureQueriesContext(connection) as captured:
        kept = Client().get(event.url).content.decode()
    assert len(captured) == 0
    assert kept == page

    for name in ("aino", "bertta"):
        form = {"name": name.title(), "email": f"{name}@example.fi", "rendered": stamp_of(kept)}
        assert Client().post(address(desk), form).status_code == 302
    assert set(Registration.objects.values_list("email", flat=True)) == {"aino@example.fi", "bertta@example.fi"}


def test_nothing_of_who_registered_is_on_the_kept_page(client, event, desk):
    html = client.get(event.url).content.decode()
    form = {"name": "Aino Aaltonen", "email": "aino@example.fi", "rendered": stamp_of(html)}
    receipt = client.post(address(desk), form, follow=True)
    assert receipt.status_code == 200
    for visitor in (client, Client(), Client()):
        answer = visitor.get(event.url)
        assert "aino" not in answer.content.decode().lower()
        assert not answer.cookies


def test_last_place_is_gone_from_the_kept_page(client):
    event = event_with_desk(capacity=1, waiting_list=False)
    html = client.get(event.url).content.decode()
    assert '<form class="form"' in html
    form = {"name": "Aino", "email": "aino@example.fi", "rendered": stamp_of(html)}
    assert client.post(address(desk_of(event)), form).status_code == 302
    assert '<form class="form"' not in client.get(event.url).content.decode()
