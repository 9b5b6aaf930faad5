"""Asking for new personal links."""

import re

import pytest
from altcha import Challenge, Payload, solve_challenge
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.registrations import register
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.models import Message
from verkosto.registrations.public import proof_of_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(desk):
    return register(desk, "aino@example.fi")


def test_links_are_sent_to_known_addresses_and_nothing_tells_them_apart(
    client, registration, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    answers = []
    with django_capture_on_commit_callbacks(execute=True):
        for email in ("aino@example.fi", "nobody@example.fi"):
            answers.append(client.post("/fi/registrations/link/", {"email": email}))
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/fi/registrations/link/sent/")}
    assert [letter.to for letter in mail.outbox] == [["aino@example.fi"]]
    assert not Message.objects.filter(recipient="nobody@example.fi").exists()


def test_asking_for_links_does_the_same_work(client, registration, settings):
    """Known and unknown addresses take the same statements. ``tests/production`` compares the time as well."""
    settings.REGISTRATION_MAILS_AN_HOUR = 1000
    statements = []
    for email in ("aino@example.fi", "nobody@example.fi") * 3:
        with CaptureQueriesContext(connection) as captured:
            client.post("/fi/registrations/link/", {"email": email})
        # What stands for the values of each request: addresses, keys and times.
        statements.append([re.sub(r"'[^']*'|\b\d+\b|%s", "?", query["sql"]) for query in captured])
    assert statements[0::2] == statements[1::2]
    assert [len(each) for each in statements] == [len(statements[0])] * 6


def ask(client, email: str, *, proof: str = "", **extra):
    return client.post("/fi/registrations/link/", {"email": email, "proof": proof}, **extra)


def work(client) -> str:
    """What the script puts into the form."""
    challenge = Challenge.from_dict(client.get("/fi/registrations/link/challenge/").json())
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def test_busy_office_proves_work_instead_of_being_refused(client, registration, settings, monkeypatch):
    """The 21st request within an hour was refused for everybody behind one address."""
    monkeypatch.setattr(proof_of_work, "COST", 1)
    settings.REGISTRATION_LIMITS = {"link": "2/hour", "link_proven": "2/hour"}
    assert [ask(client, f"v{number}@example.fi").status_code for number in range(3)] == [302, 302, 429]
    proof = work(client)
    assert ask(client, "aino@example.fi", proof=proof).status_code == 302
    assert ask(client, "v5@example.fi", proof=proof).status_code == 429  # accepted once
    assert ask(client, "v6@example.fi", proof=work(client)).status_code == 302
    assert ask(client, "v7@example.fi", proof=work(client)).status_code == 429
    assert Message.objects.filter(recipient="aino@example.fi", kind="links").count() == 1


def test_an_address_gets_few_links_whoever_asks(client, registration, settings):
    settings.REGISTRATION_MAILS_AN_HOUR = 2
    answers = [
        ask(client, email, REMOTE_ADDR=f"192.0.2.{n}")
        for n, email in enumerate(["aino@example.fi", "Aino+1@example.fi", "AINO@example.fi", "a\u200bino@example.fi"])
    ]
    assert {answer["Location"] for answer in answers} == {"/fi/registrations/link/sent/"}
    assert Message.objects.filter(kind="links", mailbox="aino@example.fi").count() <= 2


def test_address_that_was_just_mailed_reaches_the_limit_no_sooner_than_an_unknown_one(client, registration, settings):
    """Finding: of such an address, one request less wrote a mail, which took less time."""
    settings.REGISTRATION_MAILS_AN_HOUR = 2
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["aino@example.fi"]]
    written = {}
    for email in ("aino@example.fi", "nobody@example.fi"):
        written[email] = []
        for _again in range(4):
            before = Message.objects.count()
            ask(client, email)
            written[email].append(Message.objects.count() - before)
            deliver_due()
    assert written == {"aino@example.fi": [1, 1, 0, 0], "nobody@example.fi": [1, 1, 0, 0]}
    # The mailbox still gets no more than two mails an hour: what is beyond them is dropped by the worker.
    assert [letter.to for letter in mail.outbox] == [["aino@example.fi"]] * 2
    states = Message.objects.filter(kind="links").order_by("pk").values_list("recipient", "state")
    assert list(states) == [
        ("aino@example.fi", "sent"),
        ("aino@example.fi", "dropped"),
        ("", "dropped"),
        ("", "dropped"),
    ]


def test_form_asks_the_browser_for_work(client):
    html = client.get("/fi/registrations/link/").content.decode()
    assert 'data-proof="/fi/registrations/link/challenge/"' in html
    assert "js/proof.js" in html


def test_link_is_sent_to_an_address_however_it_is_typed(client, desk, django_capture_on_commit_callbacks):
    register(desk, "matti@käse.fi")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, "MATTI@ka\u0308se.fi\u2060")
    assert [letter.to for letter in mail.outbox] == [["matti@xn--kse-qla.fi"]]


def test_links_in_the_mail_are_named_and_only_its_text_part_shows_addresses(
    client, registration, django_capture_on_commit_callbacks
):
    """Finding: raw addresses as labels."""
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, "aino@example.fi")
    (letter,) = mail.outbox
    title = registration.desk.version("fi")["title"]
    (link,) = re.findall(rf"\n{title}\n(http\S+)\n", letter.body)
    html = letter.alternatives[0][0]
    assert f'<a href="{link}">{title}</a>' in html
    assert html.count(link) == 1
    assert Message.objects.get(kind="links").text == ""
