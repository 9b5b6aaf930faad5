"""Followers in data requests, erasure and retention."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.verkosto.subscriptions.conftest import follower
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.retention import purge
from verkosto.subscriptions.models import DigestRun, Follower, FollowRequest

pytestmark = pytest.mark.django_db


def request(email: str, *, days: int = 0) -> FollowRequest:
    at = timezone.now() - timedelta(days=days)
    return FollowRequest.objects.create(
        email=email, language="fi", frequency="daily", kind="topic", key="a", created_at=at
    )


def test_address_is_exported_and_erased(db: Any) -> None:
    follower("aino@example.fi", ("topic", "johtaminen"))
    follower("other@example.fi", ("topic", "johtaminen"))
    request("aino@example.fi")
    exported = data_of_address("aino@example.fi")["followers"]
    assert [row.get("frequency") for row in exported] == ["daily", "daily"]
    assert exported[0]["follows"][0]["what"] == "topic:johtaminen"
    assert exported[1]["asked_to_follow"] == "topic:a"
    erase_address(email="aino@example.fi")
    assert list(Follower.objects.values_list("email", flat=True)) == ["other@example.fi"]
    assert not FollowRequest.objects.exists()


def test_requests_are_kept_for_a_week_and_runs_for_a_season(db: Any) -> None:
    request("old@example.fi", days=8), request("new@example.fi", days=6)
    for slot, days in (("old", 91), ("new", 80)):
        at = timezone.now() - timedelta(days=days)
        DigestRun.objects.create(frequency="daily", slot=slot, until=at, finished_at=at)
    purge()
    assert list(FollowRequest.objects.values_list("email", flat=True)) == ["new@example.fi"]
    assert list(DigestRun.objects.values_list("slot", flat=True)) == ["new"]
