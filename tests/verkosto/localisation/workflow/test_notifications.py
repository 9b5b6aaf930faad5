from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail_localize.operations import translate_object

from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import NotificationPreference, TranslationNotification, TranslationState
from verkosto.localisation.permissions.access import TRANSLATOR, states_for
from verkosto.localisation.permissions.groups import create_group
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.approval import submit_for_approval
from verkosto.localisation.workflow.notifications import notify_urgently, send_notifications, write_digests


@pytest.fixture
def translator(make_user, swedish):
    """A member of the Swedish translators' group."""
    user = make_user("sv", "change_page")
    user.email = "sv@example.fi"
    user.save()
    user.groups.add(create_group(TRANSLATOR, swedish.locale))
    return user


def outdated(talk):
    talk.intro = "Uusi johdanto"
    talk.save_revision().publish()
    recount()


def test_a_digest_goes_to_the_translators_of_the_language(talk, swedish, translator):
    outdated(talk)
    call_command("send_translation_digest")
    send_notifications.call()
    assert [message.to for message in mail.outbox] == [["sv@example.fi"]]
    assert f"/admin/pages/{swedish.pk}/edit/" in mail.outbox[0].body
    send_notifications.call()
    assert len(mail.outbox) == 1


def test_each_person_chooses(talk, swedish, translator):
    NotificationPreference.objects.create(user=translator, digest=False, urgent=False)
    outdated(talk)
    call_command("send_translation_digest")
    assert notify_urgently(original=talk, reason="!") == 0
    assert not TranslationNotification.objects.exists()


def test_what_cannot_wait_is_told_at_once(talk, swedish, translator):
    assert notify_urgently(original=talk, reason="Cancelled") == 1
    assert "Cancelled" in TranslationNotification.objects.get().body


def test_mails_go_to_the_translators_group_only_and_never_to_the_author(
    talk, swedish, translator, make_user, django_user_model
):
    """Everybody who may change pages got them, also about their own change."""
    editor = make_user("sv", "change_page", "publish_page")
    django_user_model.objects.filter(pk=editor.pk).update(email="editor@example.fi")
    outdated(talk)
    assert (write_digests(), notify_urgently(original=talk, reason="Cancelled")) == (1, 1)
    assert {row.user for row in TranslationNotification.objects.all()} == {translator}
    with LogContext(user=translator):
        assert notify_urgently(original=talk, reason="Cancelled") == 0
    page = TalkPage.objects.get(pk=talk.pk)
    page.save_revision(user=translator).publish()
    assert notify_urgently(original=TalkPage.objects.get(pk=talk.pk), reason="Cancelled") == 0


def test_ready_and_scheduled_translations_are_listed_and_rejected_ones_first(
    client, admin_user, talk, swedish, translation, translator, home, workflow, locales, commit
):
    with commit():
        talk.unpublish()
        page = TalkPage.objects.get(pk=talk.pk)
        page.go_live_at = timezone.now() + timedelta(days=3)
        page.save_revision().publish()
    row = state(swedish)
    assert (row.state, row.original_live, row.needed_by) == ("ready", False, page.go_live_at)
    assert row in states_for(translator).for_translators()
    other = TalkPage(title="Aamu", slug="aamu", locale=home.locale)
    home.add_child(instance=other)
    other.save_revision().publish()
    with commit():
        translate_object(other, [locales["sv"]])
    TranslationState.objects.filter(translation_key=other.translation_key).update(needed_by=timezone.now())
    client.force_login(translator)
    dashboard = reverse("verkosto_localisation:dashboard")
    assert "Puhe" in [listed.title for listed in client.get(dashboard).context["object_list"]]

    with commit():
        submit_for_approval(translation=translation, by=translator)
    with commit():
        task_state = TalkPage.objects.get(pk=swedish.pk).current_workflow_task_state
        task_state.reject(user=admin_user, comment="Kort, tack")
    row = state(swedish)
    assert (row.state, row.is_rejected, row.review_comment) == ("ready", True, "Kort, tack")
    response = client.get(dashboard)
    assert next(iter(response.context["object_list"])).title == "Puhe"
    for html in (response.content.decode(), client.get("/admin/").content.decode()):
        assert "Hylätty: Kort, tack" in html
    assert "Kort, tack" in mail.outbox[-1].body  # Wagtail's own mail to who submitted it
    assert write_digests() == 1
    assert "Hylätty: Kort, tack" in TranslationNotification.objects.get().body


def test_a_rejection_is_told_to_the_assigned_translator(
    admin_user, swedish, translation, translator, make_user, workflow, commit
):
    TranslationState.objects.of(swedish).update(assigned_to=translator)
    with commit():
        submit_for_approval(translation=translation, by=make_user("sv", "change_page", "publish_page"))
    task_state = TalkPage.objects.get(pk=swedish.pk).current_workflow_task_state
    task_state.reject(user=admin_user, comment="Kort, tack")
    row = TranslationNotification.objects.get()
    assert (row.user, row.body.startswith("Kort, tack")) == (translator, True)


def test_a_page_that_others_must_translate_is_not_first(client, talk, swedish, translator, locales, home, commit):
    """Nor one whose day has passed."""
    own = TalkPage.objects.get(pk=swedish.get_parent().pk)
    original = TalkPage(title="Andras arbete", slug="andras", locale=locales["sv"])
    own.add_child(instance=original)
    original.save_revision().publish()
    outdated(talk)
    hour = timedelta(hours=1)
    states = TranslationState.objects
    states.filter(translation_key=original.translation_key).update(needed_by=timezone.now() + hour)
    states.filter(translation_key=talk.translation_key).update(needed_by=timezone.now() + 9 * hour)
    states.filter(translation_key=home.translation_key).update(needed_by=timezone.now() - hour)
    client.force_login(translator)
    rows = client.get(reverse("verkosto_localisation:dashboard")).context["object_list"]
    assert next(row.title for row in rows) == "Puhe"
    overdue = states.originals().get(translation_key=home.translation_key)
    assert states.by_deadline().get(pk=overdue.pk).due_at is None


def test_the_account_page_has_the_choice(client, make_user, swedish):
    user = make_user("sv", "change_page")
    user.first_name, user.last_name, user.email = "Sven", "Svensson", "sv@example.org"
    user.save()
    client.force_login(user)
    url = reverse("wagtailadmin_account")
    page = client.get(url)
    assert 'name="translation_notifications-urgent"' in page.content.decode()
    panels = [panel for tab in page.context["panels_by_tab"].values() for panel in tab]
    fields = [field for panel in panels for field in panel.get_form()]
    data = {field.html_name: field.value() for field in fields if field.value()}
    del data["translation_notifications-urgent"]
    assert client.post(url, data).status_code == 302
    preference = NotificationPreference.objects.get(user=user)
    assert (preference.digest, preference.urgent) == (True, False)


def test_the_account_page_of_others_has_none(client, make_user, locales):
    client.force_login(make_user("en"))
    assert "translation_notifications" not in client.get(reverse("wagtailadmin_account")).content.decode()
