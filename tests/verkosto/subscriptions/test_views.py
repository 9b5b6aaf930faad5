"""Following by email, from the box on a page to the end."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.verkosto.subscriptions.conftest import follower
from verkosto.core.followed_content import page_url
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.models import Message
from verkosto.subscriptions.models import Follower, FollowRequest
from verkosto.subscriptions.personal_links import personal_link, unsubscribe_link

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s]+(/fi/follow/confirm/\S+)")


def ask(client: Client, network: Any, email: str = "aino@example.fi", **values: Any) -> Any:
    data = {"target": f"network:{network.translation_key}", "email": email, "frequency": "daily", **values}
    return client.post("/fi/follow/", data, headers={"Sec-Fetch-Site": "same-origin"})


def path_of(link: str) -> str:
    return urlsplit(link).path


def test_visitor_follows_changes_and_ends(client: Client, network: Any) -> None:
    box = BeautifulSoup(client.get(network.get_url()).content, "html.parser").select_one("details.follow form")
    assert box
    assert box.select_one("[name=target]")["value"] == f"network:{network.translation_key}"  # type: ignore[index]
    assert ask(client, network)["Location"] == "/fi/follow/sent/"
    assert deliver_due() == 1
    assert mail.outbox[-1].subject == "Vahvista, että haluat seurata: Johtajaverkosto"
    link = LINK.search(str(mail.outbox[-1].body))
    assert link

    page = client.get(link[1])
    assert (page.status_code, Follower.objects.exists()) == (200, False)
    assert page["Cache-Control"] == "no-store, private"
    answer = client.post(link[1], {"frequency": "weekly"})
    person = Follower.objects.get()
    assert (person.email, person.frequency, person.language) == ("aino@example.fi", "weekly", "fi")
    assert [str(row) for row in person.follows.all()] == [f"network:{network.translation_key}"]
    assert not FollowRequest.objects.exists()
    assert client.get(link[1]).status_code == 404

    own = answer["Location"]
    assert own == f"/fi/follow/manage/{person.reference}/"
    assert "Johtajaverkosto" in client.get(own).content.decode()
    client.post(own, {"frequency": "at_once", "language": "sv"})
    assert Follower.objects.values_list("frequency", "language").get() == ("at_once", "sv")
    ended = client.post(f"{own}unfollow/{person.follows.get().pk}/")
    assert (ended.status_code, Follower.objects.exists()) == (200, False)


def test_known_and_unknown_addresses_get_the_same_answer_after_the_same_work(
    client: Client, network: Any, settings: Any
) -> None:
    settings.REGISTRATION_MAILS_AN_HOUR = 1000
    follower("aino@example.fi", ("network", network.translation_key))
    seen = []
    for email in ("aino@example.fi", "nobody@example.fi") * 2:
        with CaptureQueriesContext(connection) as captured:
            answer = ask(client, network, email)
        statements = [re.sub(r"'[^']*'|\b\d+\b|%s|_x\d+", "?", query["sql"]) for query in captured]
        seen.append((answer.status_code, answer["Location"], statements))
    assert seen[2] == seen[3]
    assert seen[2][:2] == (302, "/fi/follow/sent/")


def test_address_gets_few_mails_an_hour_and_is_not_kept_without_one(client: Client, network: Any) -> None:
    assert {ask(client, network).status_code for _each in range(5)} == {302}
    assert (Message.objects.count(), FollowRequest.objects.count()) == (3, 3)


def test_busy_network_proves_work_and_keeps_what_was_typed(client: Client, network: Any, settings: Any) -> None:
    settings.REGISTRATION_LIMITS = {"link": "1/hour"}
    ask(client, network)
    answer = ask(client, network, "toinen@example.fi")
    form = BeautifulSoup(answer.content, "html.parser").select_one("main form")
    assert form
    assert answer.status_code == 429
    assert form.select_one("[name=email]")["value"] == "toinen@example.fi"  # type: ignore[index]
    assert form.select_one("[data-proof]")


@pytest.mark.parametrize("target", ["network:garbage", "network", "topic:unknown", "unknown:1", "site:\x00", ""])
def test_nothing_else_can_be_followed(client: Client, network: Any, target: str) -> None:
    assert ask(client, network, target=target).status_code == 404
    assert not FollowRequest.objects.exists()


def test_private_network_cannot_be_followed(client: Client, network: Any) -> None:
    network.view_restrictions.create(restriction_type="login")
    assert ask(client, network).status_code == 404
    assert not FollowRequest.objects.exists()


def test_other_sites_cannot_send_the_form(client: Client, network: Any) -> None:
    data = {"target": f"network:{network.translation_key}", "email": "aino@example.fi", "frequency": "daily"}
    answer = client.post("/fi/follow/", data, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, Message.objects.exists()) == (403, False)


def test_errors_are_listed_and_typed_values_kept(client: Client, network: Any) -> None:
    answer = ask(client, network, "aino", frequency="weekly")
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, page.select_one("[name=email]")["value"]) == (422, "aino")  # type: ignore[index]
    assert [link["href"] for link in page.select(".ds-error-summary a")] == ["#id_email"]


def test_request_expires_after_a_week(client: Client, network: Any) -> None:
    ask(client, network)
    FollowRequest.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert deliver_due() == 0


def test_one_click_of_a_mail_program_ends_everything_and_opening_the_link_does_not(network: Any) -> None:
    person = follower("aino@example.fi", ("network", network.translation_key))
    client = Client(enforce_csrf_checks=True)
    link = path_of(unsubscribe_link(person))
    assert (client.get(link).status_code, Follower.objects.count()) == (200, 1)
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Follower.objects.count()) == (200, 0)
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.get(link.replace("unsubscribe", "open")).status_code == 404


def test_personal_page_is_open_in_one_browser_until_it_is_left(client: Client, network: Any) -> None:
    person = follower("aino@example.fi", ("network", network.translation_key))
    own = f"/fi/follow/manage/{person.reference}/"
    assert client.get(own).status_code == 404
    assert client.get(path_of(personal_link(person)))["Location"] == own
    assert client.get(own).status_code == 200
    assert client.post(f"{own}leave/")["Location"] == "/"
    assert client.get(own).status_code == 404
    client.get(path_of(personal_link(person)))
    assert (client.post(f"{own}end/").status_code, Follower.objects.exists()) == (200, False)


def test_what_is_not_published_in_the_language_is_named_in_another(client: Client, network: Any) -> None:
    gone = "network:00000000-0000-4000-8000-000000000000"
    person = follower("aino@example.fi", ("network", network.translation_key), tuple(gone.split(":")))  # type: ignore[arg-type]
    client.get(path_of(personal_link(person)))
    rows = {}
    for language in ("fi", "sv"):
        page = client.get(f"/{language}/follow/manage/{person.reference}/").content
        rows[language] = [
            (
                [(link["href"], link.get("hreflang")) for link in row.select("a")],
                re.sub(r"\s+", " ", row.get_text()).strip(),
                [part["lang"] for part in row.select("[lang]")],
            )
            for row in BeautifulSoup(page, "html.parser").select("li.followed")
        ]
    address = page_url(network)
    assert rows["fi"] == [
        ([(address, None)], "Johtajaverkosto Lopeta seuraaminen Johtajaverkosto", []),
        ([], "Ei tällä hetkellä julkaistu tällä kielellä Lopeta seuraaminen", []),
    ]
    assert rows["sv"] == [
        (
            [(address, "fi")],
            "Johtajaverkosto För närvarande inte publicerat på detta språk Sluta följa Johtajaverkosto",
            ["fi", "fi"],
        ),
        ([], "För närvarande inte publicerat på detta språk Sluta följa", []),
    ]
