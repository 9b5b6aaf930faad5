"""The list of online meetings in the admin."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.groups import allow_pages, group_with_admin
from event_pages.models import OnlineMeeting
from home.models import HomePage
from tests.event_pages.online_meetings.conftest import FakeProvider
from tests.factories import EventIndexPageFactory, EventPageFactory

URL = "/admin/online-meetings/"


def meeting(key: uuid.UUID, **facts: Any) -> OnlineMeeting:
    return OnlineMeeting.objects.create(translation_key=key, wanted={"provider": "fake"}, **facts)


def shown(answer: Any) -> list[tuple[str, str, str, str]]:
    rows = answer.context["rows"]
    return [
        (row.event.title if row.event else "", row.provider, row.meeting.state, row.meeting.failure) for row in rows
    ]


def test_editors_see_their_events_and_have_failures_tried_again(
    client: Client, homes: dict[str, HomePage], fake: FakeProvider
) -> None:
    index, other = EventIndexPageFactory(parent=homes["fi"]), EventIndexPageFactory(parent=homes["fi"], slug="muu")
    own = meeting(EventPageFactory(parent=index, title="Oma").translation_key, failure="Ei vastaa.")
    foreign = meeting(EventPageFactory(parent=other, title="Muu").translation_key, failure="Ei vastaa.")
    group = group_with_admin("editors")
    allow_pages(group, index, "change")
    user = User.objects.create_user("editor", "editor@example.fi", "x")
    user.groups.add(group)
    client.force_login(user)

    assert shown(client.get(URL)) == [("Oma", "Fake meetings", "Epäonnistui", "Ei vastaa.")]
    again = [
        client.post(reverse("verkosto_events_meetings:again", args=[row.pk])).status_code for row in (own, foreign)
    ]
    assert again == [302, 404]
    assert [row.due_at is not None for row in OnlineMeeting.objects.order_by("pk")] == [True, False]
    group.page_permissions.all().delete()
    assert client.get(URL).status_code == 302


@pytest.mark.usefixtures("fake")
def test_list_of_many_takes_no_more_queries(admin_client: Client, homes: dict[str, HomePage]) -> None:
    index = EventIndexPageFactory(parent=homes["fi"])
    meeting(EventPageFactory(parent=index).translation_key, made={}, due_at=timezone.now())
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = admin_client.get(URL)
        counts.append(len(queries))
        for _each in range(29):
            meeting(uuid.uuid4())
    assert len(shown(answer)) == 30
    assert counts == [9, 9]
    # Deleted events are named, for those who may edit everything.
    assert "Poistettu tapahtuma" in answer.content.decode()


def test_list_without_meetings_says_how_to_have_one(admin_client: Client) -> None:
    assert "Aika ja paikka" in admin_client.get(URL).content.decode()
