from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, question
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, EmailTemplate, FormTemplate, Message
from verkosto.registrations.sync.form_changes import consequences


@pytest.fixture
def event(db):
    starts_at = timezone.now() + timedelta(days=30)
    choice = question("choice", "Työpaja", choices=["Arki", "Juhla"])
    return event_with_desk(title="Verkostopäivä", questions=[choice], starts_at=starts_at, capacity=10)


def cancelled(event):
    event.status = "cancelled"
    event.save_revision()
    return reverse("verkosto_registrations_admin:announce", args=[event.pk])


def test_before_publishing_one_sees_who_is_told_what(admin_client, event, make_registration):
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


def test_nobody_to_tell_is_not_asked_about(admin_client, event):
    response = admin_client.get(cancelled(event))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[event.pk])


def test_a_saved_form_starts_another_with_keys_of_its_own(admin_client, event):
    url = reverse("verkosto_registrations_admin:form_template", args=[event.pk])
    admin_client.post(url, {"name": "Työpajat", "save": "1"})
    template = FormTemplate.objects.get()
    assert [block.value["label"] for block in template.questions] == ["Työpaja"]
    admin_client.post(url, {"template": template.pk, "start": "1"})
    event.refresh_from_db()
    draft = event.get_latest_revision_as_object()
    labels = [block.value["label"] for block in draft.questions]
    keys = {block.id for block in draft.questions}
    choices = {child.id for block in draft.questions for child in block.value["choices"].bound_blocks}
    assert (labels, len(keys), len(choices)) == (["Työpaja", "Työpaja"], 2, 4)


def test_a_page_one_may_not_edit_has_neither(client, event, make_page, make_staff):
    client.force_login(make_staff(make_page("A"), "see", "change"))
    for name in ("announce", "form_template"):
        assert client.get(reverse(f"verkosto_registrations_admin:{name}", args=[event.pk])).status_code in (302, 403)


def test_the_page_editor_tells_of_answers_given(admin_client, event, make_registration):
    desk = desk_of(event)
    make_registration(desk)
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    assert reverse("verkosto_registrations_admin:registrations", args=[desk.pk]) in html
    assert "help-warning" in html


def test_the_page_editor_tells_what_a_draft_does_to_the_answers(admin_client, event, make_registration):
    choice, words = event.questions[0], question("text", "Titteli")
    event.questions = [*event.questions.raw_data, words]
    event.save_revision().publish()
    desk = desk_of(event)
    answers = {choice.id: choice.value["choices"].bound_blocks[0].id, words["id"]: "Johtaja"}
    for _number in range(2):
        make_registration(desk, answers=answers)
    url = reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert consequences(desk, event.get_latest_revision_as_object()) == []

    raw = list(type(event).objects.get(pk=event.pk).questions.raw_data)
    raw[0]["value"]["label"] = "Ryhmä"
    raw[0]["value"]["choices"] = raw[0]["value"]["choices"][1:]
    event.questions, event.capacity = [raw[0], question("text", "Uusi")], 1
    event.save_revision()
    told = consequences(desk, event.get_latest_revision_as_object())
    html = admin_client.get(url).content.decode()
    assert len(told) == 5
    assert all(escape(sentence) in html for sentence in told)
    assert [sentence.count(" 2 ") for sentence in told if "Arki" in sentence or "Titteli" in sentence] == [1, 1]


def test_a_mail_is_reworded_tested_and_set_back(
    admin_client, admin, desk, make_registration, django_capture_on_commit_callbacks
):
    url = reverse("verkosto_registrations_admin:email_template", args=[desk.pk, "confirmed", "fi"])
    assert admin_client.get(reverse("verkosto_registrations_admin:email_templates", args=[desk.pk])).status_code == 200
    assert admin_client.get(url).status_code == 200
    wrong = admin_client.post(url, {"subject": "Hei {nmae}", "body": "x"})
    assert wrong.context["form"].errors
    admin_client.post(url, {"subject": "Nähdään: {title}", "body": "Hei {name}.__class__"})
    assert EmailTemplate.objects.get().subject == "Nähdään: {title}"
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"test": "1"})
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([admin.email], "Nähdään: Verkostopäivä")
    admin_client.post(url, {"reset": "1"})
    assert not EmailTemplate.objects.exists()


def test_the_code_for_the_door_is_in_the_mail_of_an_event_one_comes_to(
    event, make_registration, django_capture_on_commit_callbacks
):
    for attendance, names in (("on_site", ["check-in.png"]), ("online", [])):
        mail.outbox.clear()
        registration = make_registration(
            desk_of(event_with_desk(index=event.get_parent(), attendance=attendance, title=attendance))
        )
        with django_capture_on_commit_callbacks(execute=True):
            outbox.write("confirmed", registration=registration)
        attached = [each[0] for each in mail.outbox[0].attachments]
        assert [name for name in attached if name == "check-in.png"] == names
