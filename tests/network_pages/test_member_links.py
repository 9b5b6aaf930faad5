"""Mails to members: whom they can answer."""

import json
from typing import Any

import pytest
from django.core import mail

from network_pages.member_links import notify_added
from network_pages.models import Membership, NetworkPage
from tests.factories.directory import PersonFactory


@pytest.mark.parametrize("on", ["the network", "the page above"])
def test_answers_of_members_go_to_the_contact_of_their_network_who_signs_the_mail(
    network: NetworkPage, member: Membership, django_capture_on_commit_callbacks: Any, on: str
) -> None:
    """The same kind as the finding about registrations: replies reached the sender of the site, which nobody reads."""
    person = PersonFactory(name="Kaisa Koordinaattori", email="kaisa@example.fi")
    page = network if on == "the network" else network.get_parent().specific
    page.contacts = json.dumps([{"type": "person", "value": person.pk}])
    page.save()
    with django_capture_on_commit_callbacks(execute=True):
        notify_added([member])
    (sent,) = mail.outbox
    assert sent.reply_to == ["Kaisa Koordinaattori <kaisa@example.fi>"]
    assert "Kaisa Koordinaattori" in sent.body


def test_without_a_contact_there_is_nobody_to_name(
    member: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notify_added([member])
    assert mail.outbox[0].reply_to == []
