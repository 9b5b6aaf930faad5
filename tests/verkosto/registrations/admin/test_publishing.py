"""Every way to publish a page leads to the confirmation page when it would notify people."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.fields import StreamField
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageSubscription,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.models import Translation, TranslationSource

from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.events import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, register
from tests.verkosto.registrations.admin.conftest import PASSWORD
from verkosto.registrations.models import Desk, Message


@pytest.fixture
def event(db):
    starts_at = (timezone.now() + timedelta(days=30)).replace(second=0, microsecond=0)
    event = event_with_desk(
        title="Verkostopäivä", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), capacity=10
    )
    register(desk_of(event), "a@example.fi")
    return event


@pytest.fixture
def make_user(event):
    """make_user("change_page"): somebody with page permissions next to the event."""

    def make(name, *codenames):
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            GroupPagePermission.objects.create(group=group, page=event.get_parent(), permission=permission)
        user = User.objects.create_user(name, f"{name}@example.org", PASSWORD)
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def moderator(event, make_user):
    """Who approves the event's pages."""
    user = make_user("moderator", "change_page", "publish_page")
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.set(user.groups.all())
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=event.get_parent(), workflow=workflow)
    return user


def cancelled(event, **facts):
    for name, value in {"status": "cancelled", **facts}.items():
        setattr(event, name, value)
    event.save_revision()
    return event


def notified():
    return Message.objects.filter(kind="event_cancelled").count()


def submitted(event, user):
    event.get_workflow().start(cancelled(event), user)
    return Page.objects.get(pk=event.pk).current_workflow_task_state


def announce(event):
    return reverse("verkosto_registrations_admin:announce", args=[event.pk])


def edited(client, event, **changed):
    """The answer to the editor's form as a browser would send it, with a few fields changed."""
    url = reverse("wagtailadmin_pages:edit", args=[event.pk])
    data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form")
    streams = {f"{field.name}-count": "0" for field in event._meta.fields if isinstance(field, StreamField)}
    return client.post(url, {**data.dict(), **streams, **changed})


def test_an_approval_from_the_dashboard_leads_to_the_confirmation_page(client, event, moderator):
    state = submitted(event, moderator)
    client.force_login(moderator)
    url = reverse("wagtailadmin_pages:workflow_action", args=[event.pk, "approve", state.pk])
    answer = client.post(url, {"comment": "Hyvä"}, headers={"x-requested-with": "XMLHttpRequest"})
    asked = answer.json()["redirect"]
    assert asked == f"{announce(event)}?task={state.pk}"
    page = client.get(asked)
    assert (page.context["announcement"].kind, page.context["announcement"].number) == ("event_cancelled", 1)
    assert (notified(), Desk.objects.get().status) == (0, "scheduled")
    client.post(asked)
    state.refresh_from_db()
    assert (notified(), Desk.objects.get().status, state.status, state.comment) == (1, "cancelled", "approved", "Hyvä")


def test_an_approval_in_the_editor_is_saved_and_leads_to_the_confirmation_page(client, event, moderator):
    state = submitted(event, moderator)
    client.force_login(moderator)
    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    extra = json.dumps({"comment": "Hyvä"})
    answer = edited(client, event, title="Uusi", **approval, **{"workflow-action-extra-data": extra})
    assert answer.url == f"{announce(event)}?task={state.pk}"
    assert (notified(), Page.objects.get(pk=event.pk).get_latest_revision_as_object().title) == (0, "Uusi")
    client.post(answer.url)
    state.refresh_from_db()
    assert (notified(), Page.objects.get(pk=event.pk).title, state.comment) == (1, "Uusi", "Hyvä")


def test_a_comment_made_with_an_approval_is_mailed_to_followers(client, event, moderator, make_user):
    """The draft was saved on the way to the confirmation page without Wagtail's mails about its new comments."""
    follower = make_user("follower", "change_page")
    type(follower).objects.filter(pk=follower.pk).update(email="follower@example.fi")
    PageSubscription.objects.create(page=event, user=follower, comment_notifications=True)
    submitted(event, moderator)
    mail.outbox.clear()
    client.force_login(moderator)
    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-text": "Tarkista paikka",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    answer = edited(client, event, title="Uusi", **approval, **comment)
    assert answer.url.startswith(announce(event))
    assert [("Tarkista paikka" in message.body, message.to) for message in mail.outbox] == [
        (True, ["follower@example.fi"])
    ]


def test_an_approval_that_notifies_nobody_publishes_at_once(client, event, moderator):
    event.summary = "Toinen"
    event.save_revision()
    event.get_workflow().start(event, moderator)
    client.force_login(moderator)
    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    revisions = event.revisions.count()
    edited(client, event, title="Uusi", **approval)
    event.refresh_from_db()
    assert (event.summary, event.title, event.has_unpublished_changes) == ("Toinen", "Uusi", False)
    assert event.revisions.count() == revisions + 1  # Wagtail's own: nothing was saved before it


def test_sending_to_moderation_leads_to_a_preview_that_cannot_publish(client, event, moderator, make_user):
    cancelled(event)
    client.force_login(make_user("editor", "change_page"))
    sent = edited(client, event, **{"action-submit": "1"})
    assert sent.url == f"{announce(event)}?sent=1"
    assert client.get(sent.url).context["announcement"].number == 1
    for url in (sent.url, announce(event)):
        assert client.post(url).status_code == 403
    assert (notified(), Desk.objects.get().status) == (0, "scheduled")


def test_a_scheduled_change_is_previewed_when_scheduled_and_notifies_when_published(admin_client, event, time_machine):
    at = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    cancelled(event, go_live_at=at)
    assert admin_client.get(announce(event)).context["announcement"].at == at
    admin_client.post(announce(event))
    assert (notified(), Page.objects.get(pk=event.pk).get_scheduled_revision_as_object().go_live_at) == (0, at)
    time_machine.move_to(at + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert (notified(), Desk.objects.get().status) == (1, "cancelled")


def test_bulk_publishing_refuses_pages_that_would_notify_people(admin_client, event):
    cancelled(event)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin_client.post(f"{url}?id={event.pk}&next=/admin/", follow=True)
    assert announce(event) in answer.content.decode()
    assert (notified(), Desk.objects.get().status) == (0, "scheduled")


def test_an_event_of_a_series_previews_the_mail_to_the_registrants_of_the_series(admin_client, homes):
    index = EventIndexPageFactory(parent=homes["fi"])
    series = EventSeriesPageFactory(
        parent=index, registration_enabled=True, registration_scope="whole", privacy_notice=PrivacyNoticeFactory()
    )
    event = publish(EventPageFactory(parent=series, title="Tapaaminen", starts_at=timezone.now() + timedelta(days=9)))
    publish(series)
    register(desk_of(series), "a@example.fi")
    announcement = admin_client.get(announce(cancelled(event))).context["announcement"]
    assert (announcement.kind, announcement.number) == ("event_changed", 1)
    assert "Tapaaminen: peruttu" in announcement.previews[0].html
    admin_client.post(announce(event))
    assert Message.objects.filter(kind="event_changed").count() == 1


def publish_anyway(client, url):
    """The status and the text of the answer to a POST that may not publish."""
    answer = client.post(url)
    return answer.status_code, answer.content.decode()


def is_unpublished(event):
    event.refresh_from_db()
    return (event.status, event.has_unpublished_changes, notified()) == ("scheduled", True, 0)


@pytest.fixture
def lock(event, admin):
    """Locks the event for everybody but a superuser."""

    def lock():
        Page.objects.filter(pk=event.pk).update(locked=True, locked_by=admin, locked_at=timezone.now())

    return lock


def test_a_page_that_another_person_has_locked_is_not_published(client, event, make_user, lock):
    cancelled(event)
    lock()
    client.force_login(make_user("publisher", "change_page", "publish_page"))
    status, text = publish_anyway(client, announce(event))
    assert (status, "Sivu on lukittu." in text) == (403, True)
    assert is_unpublished(event)
    shown = client.get(announce(event))
    assert (shown.context["announcement"].number, shown.context["is_preview_only"]) == (1, True)


def test_a_page_that_another_person_has_locked_is_not_approved(client, event, moderator, lock):
    state = submitted(event, moderator)
    lock()
    client.force_login(moderator)
    status, text = publish_anyway(client, f"{announce(event)}?task={state.pk}")
    state.refresh_from_db()
    assert (status, "Sivu on lukittu." in text, state.status) == (403, True, "in_progress")
    assert is_unpublished(event)


@pytest.mark.parametrize("by_approval", [False, True])
def test_a_guard_of_another_app_keeps_a_page_from_being_published(client, event, moderator, by_approval):
    asked = []

    def rule(user, page, *, by_approval):
        asked.append((user, page.pk, by_approval))
        return "Odota huomiseen."

    url = announce(event)
    if by_approval:
        url += f"?task={submitted(event, moderator).pk}"
    else:
        cancelled(event)
    client.force_login(moderator)
    with hooks.register_temporarily("register_verkosto_publishing_rules", lambda: [rule]):
        status, text = publish_anyway(client, url)
    assert (status, "Odota huomiseen." in text, set(asked)) == (403, True, {(moderator, event.pk, by_approval)})
    assert is_unpublished(event)


def test_a_translation_with_missing_strings_is_not_published(admin_client, event):
    swedish = in_three_languages(event)["sv"]
    source, _created = TranslationSource.update_or_create_from_instance(event)
    Translation.objects.create(source=source, target_locale=swedish.locale)
    swedish.title = "Nytt namn"
    swedish.save_revision()
    status, text = publish_anyway(admin_client, announce(swedish))
    swedish.refresh_from_db()
    assert (status, swedish.title) == (403, "Webbinarium")
    assert "on kääntämättömiä tekstejä" in text


def test_the_editors_menu_previews_the_recipients_of_the_saved_draft(admin_client, event):
    editor, of_parent = (reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (event, event.get_parent()))
    assert 'name="action-preview-recipients"' in admin_client.get(editor).content.decode()
    assert "action-preview-recipients" not in admin_client.get(of_parent).content.decode()
    answer = edited(admin_client, event, status="cancelled", **{"action-preview-recipients": "1"})
    assert answer.url == announce(event)
    announcement = admin_client.get(answer.url).context["announcement"]
    assert (announcement.kind, announcement.number) == ("event_cancelled", 1)
    assert is_unpublished(event)


def test_the_admins_api_does_not_publish_what_would_notify_people(admin_client, event):
    cancelled(event)
    url = reverse("wagtailadmin_api:pages:action", args=[event.pk, "publish"])
    assert admin_client.post(url).status_code == 403
    assert is_unpublished(event)
