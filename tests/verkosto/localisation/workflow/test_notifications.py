from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from verkosto.localisation.models import NotificationPreference, TranslationNotification
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.notifications import notify_urgently, send_notifications


def outdated(talk):
    talk.intro = "Uusi johdanto"
    talk.save_revision().publish()
    recount()


def test_a_digest_goes_to_the_translators_of_the_language(talk, swedish, make_user):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    outdated(talk)
    call_command("send_translation_digest")
    send_notifications.call()
    assert [message.to for message in mail.outbox] == [["sv@example.org"]]
    assert f"/admin/pages/{swedish.pk}/edit/" in mail.outbox[0].body
    send_notifications.call()
    assert len(mail.outbox) == 1


def test_each_person_chooses(talk, swedish, make_user):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    NotificationPreference.objects.create(user=user, digest=False, urgent=False)
    outdated(talk)
    call_command("send_translation_digest")
    assert notify_urgently(original=talk, reason="!") == 0
    assert not TranslationNotification.objects.exists()


def test_what_cannot_wait_is_told_at_once(talk, swedish, make_user):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    assert notify_urgently(original=talk, reason="Cancelled") == 1
    assert "Cancelled" in TranslationNotification.objects.get().body


def test_the_account_page_has_the_choice(client, make_user, swedish):
    user = make_user("sv", "change_page")
    user.first_name, user.last_name, user.email = "Sven", "Svensson", "sv@example.org"
    user.save()
    client.force_login(user)
    url = reverse("wagtailadmin_account")
    page = client.get(url)
    assert 'name="translation_notices-urgent"' in page.content.decode()
    panels = [panel for tab in page.context["panels_by_tab"].values() for panel in tab]
    fields = [field for panel in panels for field in panel.get_form()]
    data = {field.html_name: field.value() for field in fields if field.value()}
    del data["translation_notices-urgent"]
    assert client.post(url, data).status_code == 302
    preference = NotificationPreference.objects.get(user=user)
    assert (preference.digest, preference.urgent) == (True, False)


def test_the_account_page_of_others_has_none(client, make_user, locales):
    client.force_login(make_user("en"))
    assert "translation_notices" not in client.get(reverse("wagtailadmin_account")).content.decode()
