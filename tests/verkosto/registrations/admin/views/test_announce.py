from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, question
from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import AnnouncementChoice, Desk, Message


@pytest.fixture
def event(db):
    starts_at = timezone.now() + timedelta(days=30)
    choice = question("choice", "Työpaja", choices=["Arki", "Juhla"])
    return event_with_desk(title="Verkostopäivä", questions=[choice], starts_at=starts_at, capacity=10)


def cancelled(event):
    event.status = "cancelled"
    event.save_revision()
    return reverse("verkosto_registrations_admin:announce", args=[event.pk])


def test_recipients_are_previewed_and_notified_when_the_draft_is_published(admin_client, event, make_registration):
    in_three_languages(event)
    desk = desk_of(event)
    make_registration(desk, name="Salainen Henkilö")
    make_registration(desk, language="sv")
    url = cancelled(event)
    announcement = admin_client.get(url).context["announcement"]
    assert (announcement.kind, announcement.number) == ("event_cancelled", 2)
    assert {preview.code: "Webbinarium" in preview.subject for preview in announcement.previews} == {
        "fi": False,
        "sv": True,
    }
    assert "Salainen" not in admin_client.get(url).content.decode()
    assert not Message.objects.filter(kind="event_cancelled").exists()
    admin_client.post(url)
    assert Message.objects.filter(kind="event_cancelled").count() == 2
    assert Desk.objects.get(pk=desk.pk).status == "cancelled"


def test_a_draft_that_notifies_nobody_has_no_preview(admin_client, event):
    response = admin_client.get(cancelled(event))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[event.pk])


def test_a_page_that_the_user_may_not_edit_is_refused(client, event, make_page, make_staff):
    client.force_login(make_staff(make_page("A"), "see", "change"))
    for name in ("announce", "form_template"):
        answer = client.get(reverse(f"verkosto_registrations_admin:{name}", args=[event.pk]))
        assert is_refused(client, answer)


def test_a_change_is_published_without_notifying_and_the_reason_is_logged(admin_client, event, make_registration):
    make_registration(desk_of(event))
    url = cancelled(event)
    refused = admin_client.post(url, {"silent": "1", "reason": " "})
    assert (refused.status_code, "reason" in refused.context["form"].errors) == (422, True)
    assert Desk.objects.get().status == "scheduled"
    admin_client.post(url, {"silent": "1", "reason": "Kirjoitusvirhe"})
    assert (Desk.objects.get().status, Message.objects.filter(kind="event_cancelled").count()) == ("cancelled", 0)
    entry = PageLogEntry.objects.get(action="registrations.notify_no_one")
    assert (entry.page_id, entry.data) == (event.pk, {"reason": "Kirjoitusvirhe"})
    assert not AnnouncementChoice.objects.exists()


def test_an_own_line_in_each_language_is_previewed_and_sent(admin_client, event, make_registration):
    in_three_languages(event)
    make_registration(desk_of(event), email="fi@example.org")
    make_registration(desk_of(event), email="sv@example.org", language="sv")
    url = cancelled(event)
    lines = {"line_fi": "Uusi aika kerrotaan {syksyllä}.", "line_sv": "Ny tid meddelas i höst."}
    shown = admin_client.post(url, {**lines, "preview": "1"})
    for preview in shown.context["announcement"].previews:
        assert {code: line in preview.html for code, line in lines.items()} == {
            code: code == f"line_{preview.code}" for code in lines
        }
    assert not Message.objects.filter(kind="event_cancelled").exists()
    admin_client.post(url, lines)
    sent = Message.objects.filter(kind="event_cancelled").order_by("recipient")
    assert [message.context["change"] for message in sent] == list(lines.values())


def test_the_mail_about_a_new_joining_link_takes_an_own_line(admin_client, make_registration):
    """It offered none, though it is caused by publishing like the mails about other changes."""
    event = event_with_desk(attendance="online", joining_url="https://example.org/old")
    make_registration(desk_of(event), email="fi@example.org")
    event.joining_url = "https://example.org/new"
    event.save_revision()
    url = reverse("verkosto_registrations_admin:announce", args=[event.pk])
    context = admin_client.get(url).context
    assert (context["announcement"].kind, list(context["form"].fields)) == ("joining", ["line_fi", "reason"])
    admin_client.post(url, {"line_fi": "Vanha linkki ei toimi."})
    mail = compose(Message.objects.get(kind="joining"))
    assert mail.parts[-4:] == [
        "Näin osallistut: Webinaari.",
        "https://example.org/new",
        "Vanha linkki ei toimi.",
        "Linkki on henkilökohtainen. Älä jaa sitä eteenpäin.",
    ]


def test_the_choice_holds_for_a_scheduled_publication_and_for_that_one_only(
    admin_client, event, make_registration, time_machine
):
    make_registration(desk_of(event))
    at = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    event.go_live_at = at
    admin_client.post(cancelled(event), {"silent": "1", "reason": "Sovittu puhelimessa"})
    time_machine.move_to(at + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert (Desk.objects.get().status, Message.objects.filter(kind="event_cancelled").count()) == ("cancelled", 0)
    event = type(event).objects.get(pk=event.pk)
    event.status, event.go_live_at = "scheduled", None
    event.save_revision()
    admin_client.post(reverse("verkosto_registrations_admin:announce", args=[event.pk]))
    assert Message.objects.filter(kind="event_changed").count() == 1
