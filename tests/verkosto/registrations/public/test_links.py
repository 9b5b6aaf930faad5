"""Asking for new personal links."""

from statistics import median
from time import perf_counter

import pytest
from django.core import mail

from tests.factories.registrations import register
from verkosto.registrations.models import Message

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


def test_asking_for_links_takes_the_same_time(client, registration, settings):
    settings.REGISTRATION_MAILS_AN_HOUR, settings.REGISTRATION_LIMITS = 1000, {"link": ""}
    # A busy machine may disturb a round or two; a difference of ours would show in each.
    assert any(is_alike(*medians(client, "aino@example.fi", "nobody@example.fi")) for _round in range(4))


def medians(client, *emails, times=30):
    """The median seconds that asking for the links of each address takes, asked in turns."""
    taken = {email: [] for email in emails}
    for number in range(times):
        for email in emails if number % 2 else reversed(emails):
            start = perf_counter()
            client.post("/fi/registrations/link/", {"email": email})
            taken[email].append(perf_counter() - start)
    return [median(each) for each in taken.values()]


def is_alike(known, unknown):
    return abs(known - unknown) <= 0.2 * max(known, unknown)
