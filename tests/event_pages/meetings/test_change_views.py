"""One action for several meetings of a series, with one mail to each person."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cms.groups import allow_pages, group_with_admin
from event_pages.models import EventPage, EventSeriesPage
from tests.factories import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory, home_tree
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.recordings import recorded
from verkosto.registrations.mail.joint_announcements import KIND
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
@recorded
def series() -> EventSeriesPage:
    return EventSeriesPageFactory(parent=EventIndexPageFactory(parent=home_tree()["fi"]), title="Kausi", slug="kausi")


@pytest.fixture
def meetings(series: EventSeriesPage) -> list[EventPage]:
    """Two meetings with a registration each. Anna is registered for both, Ben for the second."""
    found = [
        event_with_desk(
            index=series,
            title=title,
            slug=title.lower(),
            starts_at=datetime(2126, month, 10, 10, tzinfo=UTC),
            registration_opens_at=datetime(2020, 1, 1, tzinfo=UTC),
            registration_closes_at=datetime(2126, month, 8, 10, tzinfo=UTC),
        )
        for month, title in ((9, "Syyskuu"), (10, "Lokakuu"))
    ]
    for meeting in found:
        register(desk_of(meeting), "anna@example.fi")
    register(desk_of(found[1]), "ben@example.fi")
    Message.objects.all().delete()
    return found


def url_of(series: EventSeriesPage) -> str:
    return reverse("verkosto_events_admin:change_meetings", args=[series.pk])


def chosen(meetings: list[EventPage], action: str, **given: Any) -> dict[str, Any]:
    return {"meetings": [meeting.pk for meeting in meetings], "action": action, "days": "", "note": "", **given}


def mails() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("recipient", "kind").values_list("recipient", "kind"))


def test_preview_says_what_becomes_of_each_meeting_and_who_is_notified(
    series: EventSeriesPage, meetings: list[EventPage], admin_client: Client
) -> None:
    answer = admin_client.post(url_of(series), chosen(meetings, "cancel", note="Sali on remontissa."))

    planned = answer.context["planned"]
    assert [(each.status_now, each.draft.status, each.draft.status_note, each.refusal) for each in planned] == [
        ("", "cancelled", "Sali on remontissa.", "")
    ] * 2
    assert [(preview.code, preview.number) for preview in answer.context["previews"]] == [("fi", 2)]
    assert "Syyskuu: peruttu" in answer.context["previews"][0].html
    assert {meeting.status for meeting in EventPage.objects.child_of(series)} == {"scheduled"}
    assert mails() == []


def test_cancelling_notifies_each_person_once(
    series: EventSeriesPage, meetings: list[EventPage], admin_client: Client
) -> None:
    answer = admin_client.post(url_of(series), chosen(meetings, "cancel", confirm="1"))

    assert answer.status_code == 302
    assert [(meeting.status, meeting.live) for meeting in EventPage.objects.child_of(series)] == [
        ("cancelled", True)
    ] * 2
    assert mails() == [("anna@example.fi", KIND), ("ben@example.fi", "event_cancelled")]


def test_moved_meetings_take_their_deadlines_along_but_not_an_opening_that_has_passed(
    series: EventSeriesPage, meetings: list[EventPage], admin_client: Client
) -> None:
    # From summer time to winter time: the time of day stays.
    admin_client.post(url_of(series), chosen(meetings[1:], "move", days="21", confirm="1"))

    meeting = EventPage.objects.get(pk=meetings[1].pk)
    assert (meeting.status, meeting.starts_at, meeting.registration_opens_at, meeting.registration_closes_at) == (
        "changed",
        datetime(2126, 10, 31, 11, tzinfo=UTC),
        datetime(2020, 1, 1, tzinfo=UTC),
        datetime(2126, 10, 29, 11, tzinfo=UTC),
    )
    assert EventPage.objects.get(pk=meetings[0].pk).status == "scheduled"
    assert mails() == [("anna@example.fi", "event_changed"), ("ben@example.fi", "event_changed")]


def test_one_registration_for_the_series_gets_one_mail_about_all_its_meetings(
    series: EventSeriesPage, admin_client: Client
) -> None:
    own = event_with_desk(index=series.get_parent().specific)
    series.registration_enabled, series.registration_scope = True, "whole"
    series.privacy_notice = own.privacy_notice
    publish(series)
    found = [EventPageFactory(parent=series, title=title) for title in ("Syyskuu", "Lokakuu")]
    for meeting in found:
        publish(meeting)
    register(desk_of(series), "anna@example.fi")
    Message.objects.all().delete()

    admin_client.post(url_of(series), chosen(found, "postpone", confirm="1"))

    message = Message.objects.get()
    assert (message.recipient, message.kind) == ("anna@example.fi", "event_changed")
    assert {line.partition(":")[0] for line in message.context["change"].splitlines()} == {"Syyskuu", "Lokakuu"}


def test_drafts_are_published_and_what_makes_no_sense_is_left_out(
    series: EventSeriesPage, meetings: list[EventPage], admin_client: Client
) -> None:
    draft = EventPageFactory(parent=series, title="Marraskuu", live=False)
    over = EventPageFactory(parent=series, title="Kevät", starts_at=datetime(2020, 5, 5, 10, tzinfo=UTC))
    every = [*meetings, draft, over]

    cancelled = admin_client.post(url_of(series), chosen(every, "cancel"))
    assert {each.stored.title: each.refusal for each in cancelled.context["planned"]} == {
        "Syyskuu": "",
        "Lokakuu": "",
        "Marraskuu": "Sitä ei ole julkaistu. Julkaise se ensin tai poista se.",
        "Kevät": "Se on ohi.",
    }

    admin_client.post(url_of(series), chosen(every, "publish", confirm="1"))
    draft.refresh_from_db()
    assert draft.live
    assert mails() == []


def test_times_that_do_not_exist_on_the_new_day_are_left_out(series: EventSeriesPage, admin_client: Client) -> None:
    night = EventPageFactory(parent=series, starts_at=datetime(2126, 3, 24, 1, 30, tzinfo=UTC), ends_at=None)

    answer = admin_client.post(url_of(series), chosen([night], "move", days="7"))

    assert answer.context["planned"][0].refusal.startswith("Tätä aikaa ei ole aikavyöhykkeellä Helsinki")
    assert answer.context["number_changed"] == 0


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"action": "move"}, {"days": ["Anna päivien määrä."]}),
        ({"action": "cancel", "meetings": []}, {"meetings": ["Valitse ainakin yksi tapaaminen."]}),
    ],
)
def test_incomplete_forms_are_refused(
    series: EventSeriesPage,
    meetings: list[EventPage],
    admin_client: Client,
    given: dict[str, Any],
    errors: dict[str, list[str]],
) -> None:
    answer = admin_client.post(url_of(series), chosen(meetings, "publish") | given)

    assert (answer.status_code, answer.context["form"].errors) == (422, errors)


def test_the_right_to_publish_is_asked_for_each_meeting(
    series: EventSeriesPage, meetings: list[EventPage], client: Client
) -> None:
    group = group_with_admin("editors")
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    allow_pages(group, series, "change", "add")
    assert client.get(url_of(series)).status_code == 302

    allow_pages(group, series, "publish")
    meetings[1].locked, meetings[1].locked_at = True, datetime(2026, 1, 1, tzinfo=UTC)
    meetings[1].save()
    client.post(url_of(series), chosen(meetings, "cancel", confirm="1"))

    assert dict(EventPage.objects.child_of(series).values_list("title", "status")) == {
        "Syyskuu": "cancelled",
        "Lokakuu": "scheduled",
    }
