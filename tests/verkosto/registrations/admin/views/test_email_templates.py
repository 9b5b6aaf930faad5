import re

import pytest
from django.core import mail
from django.urls import reverse

from verkosto.registrations.admin.mail_previews import example_context, example_registration
from verkosto.registrations.admin.views.email_templates import WITHOUT_TEMPLATE
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import EmailTemplate, Message


def test_a_template_is_edited_tested_and_reset(
    admin_client, admin, desk, make_registration, django_capture_on_commit_callbacks
):
    url = reverse("verkosto_registrations_admin:email_template", args=[desk.pk, "confirmed", "fi"])
    index = reverse("verkosto_registrations_admin:email_templates", args=[desk.pk])
    listed = admin_client.get(index).content.decode()
    assert ("Vakioteksti" in listed, "Muokattu teksti" in listed) == (True, False)
    shown = admin_client.get(url)
    assert shown.context["preview"].subject == "Paikkasi on varmistunut: Verkostopäivä"
    assert shown.context["preview"].subject in shown.content.decode()
    wrong = admin_client.post(url, {"subject": "Hei {nmae}", "body": "x"})
    assert wrong.context["form"].errors
    admin_client.post(url, {"subject": "Nähdään: {title}", "body": "Hei {name}.__class__"})
    assert "Muokattu teksti" in admin_client.get(index).content.decode()
    assert EmailTemplate.objects.get().subject == "Nähdään: {title}"
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"test": "1"})
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([admin.email], "Nähdään: Verkostopäivä")
    admin_client.post(url, {"reset": "1"})
    assert not EmailTemplate.objects.exists()


def test_of_two_editors_the_second_sees_the_text_of_the_first(admin_client, desk):
    url = reverse("verkosto_registrations_admin:email_template", args=[desk.pk, "invitation", "fi"])
    version = admin_client.get(url).context["form"].stored_version
    mine = {"subject": "Kutsu", "body": "Minun", "greeting": "Hyvä {name}", "version": version}

    admin_client.post(url, {"subject": "Kutsu", "body": "Toisen", "version": version})
    refused = admin_client.post(url, mine)
    assert "Teksti: Toisen" in refused.content.decode()
    assert "Minun</textarea>" in refused.content.decode()
    admin_client.post(url, {"reset": "1", "version": version})
    assert EmailTemplate.objects.get().body == "Toisen"

    admin_client.post(url, {**mine, "version": refused.context["form"]["version"].value()})
    assert EmailTemplate.objects.values("body", "greeting").get() == {"body": "Minun", "greeting": "Hyvä {name}"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_example_of_every_mail_has_no_gap(desk, language):
    """Finding: previews said "Confirm it by ." and "Your code is ."."""
    gaps = {}
    for kind in (kind for kind in mail_kinds().values() if kind.is_editable and kind.name not in WITHOUT_TEMPLATE):
        example = example_registration(desk, language)
        context = example_context(desk, language)
        message = Message(kind=kind.name, language=language, desk=desk, registration=example, context=context)
        composed = compose(message, link="#", decline_link="#")
        text = "\n".join([composed.subject, *composed.parts])
        gaps[kind.name] = re.findall(r"\{\w+\}|.{9} [.,;:]|.*\(\)", text)
    assert {name: found for name, found in gaps.items() if found} == {}
