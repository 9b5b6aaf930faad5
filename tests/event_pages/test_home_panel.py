"""The next events on the editor's home page."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import GroupPagePermission

from event_pages.home_panel import NextEventsPanel, editable_events
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, in_language

pytestmark = pytest.mark.django_db


def on(month: int) -> dict[str, object]:
    return {"starts_at": datetime(2126, month, 2, 7, tzinfo=UTC), "ends_at": None}


def editor_of(home: HomePage) -> User:
    user, group = User.objects.create_user("editor"), Group.objects.create(name="Editors of a tree")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    user.groups.add(group)
    return user


def test_own_languages_events_the_next_first(homes: dict[str, HomePage], admin_client: Client) -> None:
    calendar = EventIndexPageFactory(parent=homes["fi"])
    in_language(calendar, "sv")
    EventPageFactory(parent=calendar, title="Kevät", **on(5))
    next_event = EventPageFactory(parent=calendar, title="Talvi", **on(2))
    swedish = in_language(next_event, "sv", title="Vinter")
    EventPageFactory(parent=calendar, title="Mennyt", starts_at=datetime(2020, 2, 2, 7, tzinfo=UTC), ends_at=None)
    EventPageFactory(parent=calendar, title="Avoin", date_precision="unannounced", starts_at=None, ends_at=None)

    html = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    panel = html[html.index("events-next") :]
    with override("sv"):
        shown = NextEventsPanel(User.objects.get()).get_context_data({})["events"]

    assert re.findall(r">(Talvi|Kevät|Mennyt|Avoin|Vinter)<", panel) == ["Talvi", "Kevät"]
    assert [(event.pk, event.title) for event in shown][:1] == [(swedish.pk, "Vinter")]
    assert [event.title for event in shown] == ["Vinter", "Kevät"]


def test_only_events_that_the_user_may_edit(homes: dict[str, HomePage]) -> None:
    calendar = EventIndexPageFactory(parent=homes["fi"])
    in_language(calendar, "sv")
    EventPageFactory(parent=calendar, title="Suomeksi", **on(2))
    both = EventPageFactory(parent=calendar, title="Molemmat", **on(3))
    in_language(both, "sv", title="Båda")

    with override("fi"):  # the language of the account is not one of the user's trees
        assert [event.title for event in editable_events(editor_of(homes["sv"]))] == ["Båda"]
        assert list(editable_events(User.objects.create_user("nobody"))) == []


def test_panel_costs_the_same_at_one_and_at_thirty_events(homes: dict[str, HomePage], admin_user: User) -> None:
    calendar = EventIndexPageFactory(parent=homes["fi"])
    counts = []
    for number in (1, 5):
        for index in range(number):
            EventPageFactory(parent=calendar, title=f"Tapahtuma {number}.{index}", **on(2))
        with override("fi"), CaptureQueriesContext(connection) as captured:
            events = NextEventsPanel(admin_user).get_context_data({})["events"]
            _ = [(event.date_text, event.status_text, event.locale.language_code, event.live) for event in events]
        counts.append(len(captured))
    assert counts == [2, 2]
