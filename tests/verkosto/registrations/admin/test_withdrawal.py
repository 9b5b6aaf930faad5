"""Every way to withdraw or move a page with registered people says how many they are, and offers to cancel and notify."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page

from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Desk, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Any:
    """An event in three languages with two registered people, one of them in Swedish."""
    event = event_with_desk(title="Verkostopäivä", starts_at=timezone.now() + timedelta(days=30))
    in_three_languages(event)
    register(desk_of(event), "a@example.fi")
    register(desk_of(event), "b@example.fi", language="sv")
    return event


def wagtail_url(action: str, page: Any) -> str:
    if action == "move":
        return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination_of(page).pk])
    return reverse(f"wagtailadmin_pages:{action}", args=[page.pk])


def destination_of(page: Any) -> Page:
    found = Page.objects.filter(title="Muualla").first()
    return found or EventIndexPageFactory(parent=page.get_parent().get_parent(), title="Muualla", slug="muualla")


def state_of(page: Any) -> tuple[bool, bool]:
    """Return whether the page exists and is live, and whether its desk has a public page."""
    live = Page.objects.filter(pk=page.pk, live=True).exists()
    return live, Desk.objects.get(translation_key=page.translation_key).has_page


def mails() -> list[tuple[str, str]]:
    return sorted(Message.objects.filter(kind="event_cancelled").values_list("recipient", "language"))


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_withdrawing_names_the_registered_and_cancels_and_notifies_when_asked_to(admin_client, event, action):
    asked = admin_client.get(wagtail_url(action, event))
    assert asked.url == reverse("verkosto_registrations_admin:withdraw", args=[event.pk, action])
    shown = admin_client.get(asked.url)
    assert "2 henkilöä on ilmoittautunut, kaikki kielet yhteensä." in shown.content.decode()
    assert [(preview.code, preview.number) for preview in shown.context["previews"]] == [("fi", 1), ("sv", 1)]
    assert admin_client.post(asked.url).status_code == 422  # nothing is chosen for anybody
    on = admin_client.post(asked.url, {"people": "cancel"})
    assert on.url == f"{wagtail_url(action, event)}?registrations=1"
    assert admin_client.get(on.url).status_code == 200
    assert (state_of(event), mails()) == ((True, True), [])
    admin_client.post(wagtail_url(action, event))
    assert state_of(event) == (False, False)
    assert mails() == [("a@example.fi", "fi"), ("b@example.fi", "sv")]
    assert Desk.objects.get().status == "cancelled"
    mail = compose(Message.objects.filter(kind="event_cancelled").first(), link="#")
    assert [(file.method, b"STATUS:CANCELLED" in file.content) for file in mail.calendars] == [("CANCEL", True)]


def test_an_event_that_is_published_again_unchanged_has_a_higher_sequence_than_its_cancellation(admin_client, event):
    """A calendar ignores what has no higher SEQUENCE than the cancellation it got (RFC 5545 §3.8.7.4)."""

    def entry(language: str) -> tuple[int, str]:
        [found] = Calendar.from_ical(calendar_of(desk_of(event), language)).walk("VEVENT")
        return int(found["sequence"]), str(found["status"])

    first, _status = entry("fi")
    asked = admin_client.get(wagtail_url("unpublish", event)).url
    admin_client.post(asked, {"people": "cancel"})
    admin_client.post(wagtail_url("unpublish", event))
    cancelled, status = entry("fi")
    assert (cancelled > first, status) == (True, "CANCELLED")
    publish(type(event).objects.get(pk=event.pk))
    again = [entry(language) for language in ("fi", "sv", "en")]
    assert again == [(cancelled + 1, "CONFIRMED")] * 3
    publish(type(event).objects.get(pk=event.pk))
    assert entry("fi") == again[0]


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_registrations_are_kept_and_nobody_is_notified_when_that_is_chosen(admin_client, event, action):
    asked = admin_client.get(wagtail_url(action, event)).url
    admin_client.post(asked, {"people": "keep"})
    admin_client.post(wagtail_url(action, event))
    assert (state_of(event), mails()) == ((False, False), [])
    assert (Desk.objects.get().status, Desk.objects.get().registrations.active().count()) == ("scheduled", 2)


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_a_post_that_was_not_asked_about_the_registered_changes_nothing(admin_client, event, action):
    path = event.path
    answer = admin_client.post(wagtail_url(action, event))
    assert answer.url == reverse("verkosto_registrations_admin:withdraw", args=[event.pk, action])
    assert (state_of(event), Page.objects.get(pk=event.pk).path) == ((True, True), path)


def test_a_choice_holds_for_one_visit_only(admin_client, event):
    """A visit that was broken off does not cancel anything at the next one."""
    asked = admin_client.get(wagtail_url("unpublish", event)).url
    admin_client.post(asked, {"people": "cancel"})
    assert admin_client.get(wagtail_url("unpublish", event)).url == asked
    assert admin_client.post(wagtail_url("unpublish", event)).url == asked
    assert (state_of(event), mails()) == ((True, True), [])


def test_deleting_a_parent_counts_the_people_of_all_pages_below(admin_client, event):
    other = event_with_desk(index=event.get_parent(), starts_at=timezone.now() + timedelta(days=40))
    register(desk_of(other), "c@example.fi")
    event_with_desk(index=event.get_parent(), title="Kolmas")  # without registrations
    parent = event.get_parent()
    asked = admin_client.get(wagtail_url("delete", parent)).url
    shown = admin_client.get(asked)
    assert [each.number for each in shown.context["affected"]] == [2, 1]
    assert shown.context["number"] == 3
    admin_client.post(asked, {"people": "cancel"})
    admin_client.post(wagtail_url("delete", parent))
    assert (state_of(event), state_of(other)) == ((False, False), (False, False))
    assert [recipient for recipient, _language in mails()] == ["a@example.fi", "b@example.fi", "c@example.fi"]


def test_unpublishing_a_parent_alone_cancels_nothing_below(admin_client, event):
    parent = event.get_parent()
    asked = admin_client.get(wagtail_url("unpublish", parent)).url
    admin_client.post(asked, {"people": "cancel"})
    admin_client.post(wagtail_url("unpublish", parent))
    assert (state_of(event), mails()) == ((True, True), [])


def test_moving_names_the_registered_and_the_desk_follows(admin_client, event):
    asked = admin_client.get(wagtail_url("move", event)).url
    shown = admin_client.get(asked)
    assert (shown.context["number"], shown.context["form"]) == (2, None)
    on = admin_client.post(asked)
    admin_client.post(on.url)
    desk, moved = Desk.objects.get(), Page.objects.get(pk=event.pk)
    assert (desk.tree_path, desk.url("fi")) == (moved.path, moved.url)
    assert "/muualla/" in desk.url("fi")
    assert mails() == []


def test_making_a_page_private_names_the_registered_first(admin_client, event):
    """The privacy dialog said nothing of them, though nobody moves up from the waiting list of a private page."""
    url = reverse("wagtailadmin_pages:set_privacy", args=[event.pk])
    given = {"restriction_type": "password", "password": "sala&sana", "groups": []}
    asked = admin_client.post(url, given).json()
    assert asked["step"] == "set_privacy"
    assert "2 henkilöä on ilmoittautunut, kaikki kielet yhteensä." in asked["html"]
    assert not event.get_view_restrictions().exists()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked["html"]))
    hidden = {name: unescape(value) for name, value in hidden.items() if name != "csrfmiddlewaretoken"}
    assert hidden == {"restriction_type": "password", "password": "sala&sana", "registrations": "1"}
    assert admin_client.post(url, hidden).json() == {"step": "set_privacy_done", "is_public": False}
    assert event.get_view_restrictions().get().password == "sala&sana"
    assert mails() == []
    # A page that is private already, or becomes public, is saved at once.
    for changed in ({**given, "password": "uusi"}, {"restriction_type": "none"}):
        assert admin_client.post(url, changed).json()["step"] == "set_privacy_done"


def test_withdrawing_a_translation_leaves_registration_open(admin_client, event):
    swedish = event.get_translations().get(locale__language_code="sv")
    asked = admin_client.get(wagtail_url("delete", swedish)).url
    shown = admin_client.get(asked)
    assert (shown.context["number"], shown.context["form"]) == (2, None)
    admin_client.post(asked)
    admin_client.post(wagtail_url("delete", swedish))
    desk = Desk.objects.get()
    assert (desk.has_page, desk.takes_registrations, desk.version("sv")["url"], mails()) == (True, True, "", [])


def test_a_page_without_registered_people_is_withdrawn_without_a_question(admin_client):
    event = event_with_desk()
    assert admin_client.get(wagtail_url("unpublish", event)).status_code == 200
    admin_client.post(wagtail_url("unpublish", event))
    assert state_of(event) == (False, False)


def test_a_past_event_is_named_but_not_cancelled(admin_client, event):
    past = timezone.now() - timedelta(days=1)
    Desk.objects.update(starts_at=past, ends_at=past)
    asked = admin_client.get(wagtail_url("delete", event)).url
    shown = admin_client.get(asked)
    assert (shown.context["number"], shown.context["form"], shown.context["previews"]) == (2, None, [])


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_bulk_actions_refuse_pages_with_registered_people(admin_client, event, action):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    data = {"chooser": destination_of(event).pk} if action == "move" else {}
    path = Page.objects.get(pk=event.pk).path
    answer = admin_client.post(f"{url}?id={event.pk}&next=/admin/", data, follow=True)
    text = "2 henkilöä on ilmoittautunut sivulla Verkostopäivä."
    assert text in answer.content.decode()
    assert (state_of(event), Page.objects.get(pk=event.pk).path) == ((True, True), path)


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_the_admins_api_does_not_withdraw_a_page_with_registered_people(admin_client, event, action):
    url = reverse("wagtailadmin_api:pages:action", args=[event.pk, action])
    answer = admin_client.post(url, {"destination_page_id": destination_of(event).pk, "position": "last-child"})
    assert (answer.status_code, state_of(event)) == (403, (True, True))


def test_an_expired_page_closes_its_desk_and_nobody_is_notified(event):
    type(event).objects.filter(pk=event.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    assert (state_of(event), mails()) == ((False, False), [])
    assert not Desk.objects.get().takes_registrations


def test_a_series_forgets_an_event_that_is_deleted_or_moved_away(homes, django_capture_on_commit_callbacks):
    """The desk of the series takes the registrations of its events: dates and calendar follow every withdrawal."""
    index = EventIndexPageFactory(parent=homes["fi"])
    facts = {"registration_enabled": True, "registration_scope": "whole", "privacy_notice": PrivacyNoticeFactory()}
    series = EventSeriesPageFactory(parent=index, **facts)
    start = timezone.now() + timedelta(days=9)
    first, second, third = (EventPageFactory(parent=series, starts_at=start + timedelta(days=n)) for n in range(3))
    publish(series)
    assert desk_of(series).starts_at == first.starts_at
    with django_capture_on_commit_callbacks(execute=True):
        type(first).objects.get(pk=first.pk).delete()
    assert desk_of(series).starts_at == second.starts_at
    type(second).objects.get(pk=second.pk).move(index, pos="last-child")
    desk = desk_of(series)
    assert (desk.starts_at, len(desk.version("fi")["entries"])) == (third.starts_at, 1)


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_the_page_about_the_registered_is_for_those_who_may_withdraw(client, event, make_staff, action):
    client.force_login(make_staff(event, "see"))
    url = reverse("verkosto_registrations_admin:withdraw", args=[event.pk, action])
    answer = client.get(url)
    assert (answer.status_code, answer.url) == (302, "/admin/")  # Wagtail's "you do not have permission"


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_who_may_not_withdraw_is_not_told_that_people_are_registered(client, event, make_staff, action):
    """Found by the access matrix: the redirect to the page about the registered came before the permission was asked."""
    empty = event_with_desk(index=event.get_parent(), title="Tyhjä", slug="tyhja")
    for user in (make_staff(empty, "see"), User.objects.create_user("account")):
        client.force_login(user)
        answers = [client.get(wagtail_url(action, page)) for page in (event, empty)]
        assert (
            len({(answer.status_code, answer.headers.get("Location", "").partition("?")[0]) for answer in answers})
            == 1
        )
        assert "withdraw" not in answers[0].headers.get("Location", "")
        assert "registrations_withdrawal" not in client.session
