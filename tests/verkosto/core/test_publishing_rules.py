"""Every way to publish a page asks one function, and publishes nothing that it refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.fields import StreamField
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import querydict_from_html

from home.models import StandardPage
from verkosto.core.publishing_rules import HOOK, reason_not_to_publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher() -> User:
    """Who may edit and publish, and approves."""
    group = Group.objects.create(name="Publishers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("publisher", "publisher@example.org")
    user.groups.add(group)
    return user


@pytest.fixture
def draft(homes: dict[str, Any], publisher: User) -> StandardPage:
    """A live page with a draft."""
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=publisher.groups.get(), page=homes["fi"], permission=permission)
    page = homes["fi"].add_child(instance=StandardPage(title="Ennen", slug="sivu", summary="Lyhyesti"))
    page.title = "Jälkeen"
    page.save_revision()
    return page


def in_editor(client: Client, page: Page) -> HttpResponse:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form").dict()
    streams = {f"{field.name}-count": "0" for field in page._meta.fields if isinstance(field, StreamField)}
    return client.post(url, {**data, **streams, "action-publish": "1"})


def in_bulk(client: Client, page: Page) -> HttpResponse:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}&next=/admin/")


def below_in_bulk(client: Client, page: Page) -> HttpResponse:
    Page.objects.filter(pk=page.pk).update(live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.get_parent().pk}&next=/admin/", {"include_descendants": "on"})


def by_api(client: Client, page: Page) -> HttpResponse:
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def submit(page: Page) -> None:
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.set(Group.objects.filter(name="Publishers"))
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    workflow.start(Page.objects.get(pk=page.pk), User.objects.get(username="publisher"))


def by_approval(client: Client, page: Page) -> HttpResponse:
    if Page.objects.get(pk=page.pk).current_workflow_task_state is None:
        submit(page)
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    args = [page.pk, "approve", state.pk]
    headers = {"x-requested-with": "XMLHttpRequest"}
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=args), {"comment": ""}, headers=headers)


WAYS = [in_editor, in_bulk, below_in_bulk, by_api, by_approval]


@pytest.mark.parametrize("way", WAYS)
def test_what_no_guard_objects_to_is_published(client: Client, draft: Page, publisher: User, way: Any) -> None:
    client.force_login(publisher)
    way(client, draft)
    draft.refresh_from_db()
    assert (draft.title, draft.live) == ("Jälkeen", True)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_a_guard_objects_to_is_published(client: Client, draft: Page, publisher: User, way: Any) -> None:
    asked: list[tuple[Any, int, bool]] = []

    def rule(user: Any, page: Page, *, by_approval: bool) -> str:
        asked.append((user, page.pk, by_approval))
        return "Odota huomiseen."

    client.force_login(publisher)
    with hooks.register_temporarily(HOOK, lambda: [rule]):
        response = way(client, draft)
    draft.refresh_from_db()
    assert draft.title == "Ennen"
    assert (publisher, draft.pk, way is by_approval) in asked
    if way in (by_api, by_approval):
        assert response.status_code == 403
    else:
        assert "Odota huomiseen." in client.get(response.url).content.decode()


@pytest.mark.parametrize("way", [in_bulk, below_in_bulk, by_api, by_approval])
def test_a_page_that_another_person_has_locked_is_not_published(
    client: Client, draft: Page, publisher: User, way: Any, admin_user: User
) -> None:
    """Wagtail's own editor shows such a page without a button; its other doors do not ask."""
    if way is by_approval:
        submit(draft)  # takes an earlier lock away
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=admin_user, locked_at=timezone.now())
    client.force_login(publisher)
    way(client, draft)
    draft.refresh_from_db()
    assert draft.title == "Ennen"


def test_who_may_only_edit_does_not_publish(draft: Page, publisher: User) -> None:
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    assert reason_not_to_publish(publisher, draft) == "Et voi julkaista tätä sivua."
    assert reason_not_to_publish(publisher, draft, by_approval=True) == "Et voi julkaista tätä sivua."


def test_a_scheduled_page_is_published_only_if_no_guard_objects_when_its_time_has_come(
    draft: StandardPage, publisher: User, time_machine: Any
) -> None:
    """The rules were asked when it was scheduled only; what they look at may have changed since."""
    at = timezone.now().replace(microsecond=0) + timedelta(days=1)
    draft.title = "Ennen"
    draft.save_revision().publish()
    draft = StandardPage.objects.get(pk=draft.pk)
    draft.title, draft.go_live_at = "Jälkeen", at
    draft.save_revision(user=publisher).publish(user=publisher)
    time_machine.move_to(at + timedelta(minutes=5))
    asked = []

    def rule(user: Any, page: Page, *, by_approval: bool) -> str:
        asked.append((user, page.pk, by_approval))
        return "Odota huomiseen."

    with hooks.register_temporarily(HOOK, lambda: [rule]):
        call_command("publish_scheduled")
        call_command("publish_scheduled")
    assert asked == [(publisher, draft.pk, False)] * 2
    assert StandardPage.objects.get(pk=draft.pk).title == "Ennen"
    entry = PageLogEntry.objects.get(page=draft.pk, action="verkosto.publish.refused")
    assert (entry.data, entry.message) == (
        {"reason": "Odota huomiseen."},
        "Ei julkaistu ajastettuna aikana: Odota huomiseen.",
    )
    call_command("publish_scheduled")  # nobody objects any more
    assert StandardPage.objects.get(pk=draft.pk).title == "Jälkeen"
