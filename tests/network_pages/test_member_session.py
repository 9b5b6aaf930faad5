"""When a membership closes in a browser, and what becomes of what was typed (WCAG 2.2 SC 2.2.1).

The same kind as the finding about registrations: an hour after the link was used, what a member had typed was gone.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from network_pages.member_links import issue_token
from network_pages.models import Membership
from tests.verkosto.registrations.manage_pages import kept_form, soup

TYPED = {"name": "Aino Salo", "organisation": "Verohallinto", "area": "HR", "region": "Oulu", "language": "sv"}


def page(member: Membership, name: str = "") -> str:
    return f"/fi/memberships/{member.pk}/{name}"


def open_link(client: Client, member: Membership) -> None:
    client.get(f"/fi/memberships/open/{issue_token(member)}/")


def test_details_typed_after_the_session_ended_are_kept_and_saved(
    client: Client, member: Membership, time_machine: Any
) -> None:
    open_link(client, member)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    answer = client.post(page(member, "change/"), TYPED)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store, private")
    assert kept_form(answer) == TYPED
    assert Membership.objects.get(pk=member.pk).name == "Aino Virtanen"
    open_link(client, member)
    assert client.post(page(member, "change/"), kept_form(answer)).status_code == 302
    stored = Membership.objects.get(pk=member.pk)
    assert {name: getattr(stored, name) for name in TYPED} == TYPED


@pytest.mark.parametrize("name", ["", "change/", "leave/", "erase/"])
def test_pages_tell_when_the_session_ends(client: Client, member: Membership, name: str) -> None:
    open_link(client, member)
    shown = soup(client.get(page(member, name)))
    (box,) = shown.select("[data-session]")
    assert (box["data-session"], box["data-extend"]) == ("3600", page(member))
    assert "pysyvät auki tässä selaimessa tunnin viimeisestä käytöstä" in shown.main.get_text()


def test_form_from_another_site_is_not_echoed(client: Client, member: Membership) -> None:
    answer = client.post(page(member, "change/"), {"name": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "Planted" in answer.content.decode()) == (403, False)
