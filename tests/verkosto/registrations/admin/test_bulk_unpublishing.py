"""Pages are unpublished in bulk by those who may unpublish them one by one."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask

from tests.factories.registrations import event_with_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["live", "in_moderation", "locked_by_another", "draft"])
@pytest.mark.parametrize("is_publisher", [True, False])
def test_a_page_is_unpublished_in_bulk_by_whoever_may_unpublish_it_alone(client, admin, state, is_publisher):
    """The finding says that bulk unpublishing knows another permission; both doors give the same answer in each case."""
    event = event_with_desk(status="scheduled")
    user = publisher_of(event) if is_publisher else admin
    if state == "in_moderation":
        moderation_of(event, admin)
    elif state == "locked_by_another":
        other = admin if is_publisher else publisher_of(event)
        Page.objects.filter(pk=event.pk).update(locked=True, locked_by=other, locked_at=timezone.now())
    elif state == "draft":
        event.unpublish()
    client.force_login(user)
    alone = client.get(reverse("wagtailadmin_pages:unpublish", args=[event.pk])).status_code == 200
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    in_bulk = client.get(f"{url}?id={event.pk}&next=/admin/").context["items"]
    assert bool(in_bulk) == alone
    assert alone == (state == "live" or (state == "in_moderation" and not is_publisher))
    client.post(f"{url}?id={event.pk}&next=/admin/")
    assert Page.objects.get(pk=event.pk).live == (state != "draft" and not alone)


def publisher_of(page: Any) -> Any:
    group = Group.objects.create(name="publishers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=page.get_parent(), permission=permission)
    user = User.objects.create_user("publisher", "publisher@example.org")
    user.groups.add(group)
    return user


def moderation_of(page: Any, user: Any) -> None:
    task = GroupApprovalTask.objects.create(name="Approval")
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page.save_revision()
    workflow.start(page, user)
