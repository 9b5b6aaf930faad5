from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, question
from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.registrations.models import Desk, Message


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
