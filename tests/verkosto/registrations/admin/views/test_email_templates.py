from django.core import mail
from django.urls import reverse

from verkosto.registrations.models import EmailTemplate


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
