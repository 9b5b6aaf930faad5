"""Found by the access matrix: views of Wagtail that name pages and files before they ask for a right to them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tests.factories.home import StandardPageFactory


def bulk(kind, action, *ids, **query):
    url = reverse("wagtail_bulk_action", args=[*kind.split("."), action])
    return f"{url}?{'&'.join([*(f'id={pk}' for pk in ids), *(f'{name}={value}' for name, value in query.items())])}"


@pytest.fixture
def own(home):
    return StandardPageFactory(parent=home, title="Oma sivu")


@pytest.fixture
def other(home):
    return StandardPageFactory(parent=home, title="Muiden sivu")


@pytest.fixture
def below(other):
    return StandardPageFactory(parent=other, title="Muiden alasivu")


@pytest.fixture
def editor(django_user_model, own):
    """An editor of one page and one collection."""
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=own, permission=permission)
    collection = Collection.get_first_root_node().add_child(name="Oma")
    permission = Permission.objects.get(codename="change_document")
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    user = django_user_model.objects.create_user("editor", password="p")
    user.groups.add(group)
    return user


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish", "submit_translation"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bulk_action_names_no_page_that_its_user_may_not_explore(client, editor, own, other, below, method, action):
    client.force_login(editor)
    ask = getattr(client, method)
    for url in (
        bulk("wagtailcore.page", action, own.pk, other.pk),
        bulk("wagtailcore.page", action, "all", childOf=other.pk),
    ):
        answer = ask(url)
        assert (answer.status_code, "Muiden" in answer.content.decode()) == (403, False)
    assert client.get(bulk("wagtailcore.page", action, own.pk)).status_code == 200
    assert client.get(bulk("wagtailcore.page", action, "all", childOf=own.get_parent().pk)).status_code == 200
    # A page that is gone meanwhile does not stop the others.
    assert client.get(bulk("wagtailcore.page", action, own.pk, 10**6)).status_code == 200


@pytest.mark.parametrize("action", ["delete", "add_tags", "add_to_collection"])
def test_a_bulk_action_names_no_document_of_another_collection(client, editor, action):
    own, other = [
        get_document_model().objects.create(title=title, file=ContentFile(b"x", name="a.txt"), collection=collection)
        for title, collection in (
            ("Oma asiakirja", Collection.objects.get(name="Oma")),
            ("Muiden asiakirja", Collection.get_first_root_node()),
        )
    ]
    client.force_login(editor)
    answer = client.get(bulk("wagtaildocs.document", action, own.pk, other.pk))
    assert (answer.status_code, "Muiden" in answer.content.decode()) == (403, False)
    assert client.get(bulk("wagtaildocs.document", action, own.pk)).status_code == 200
    assert client.get(bulk("wagtaildocs.document", action, "all")).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_move_is_confirmed_for_who_may_move_the_page_there(client, admin_user, editor, own, other, below, method):
    url = reverse("wagtailadmin_pages:move_confirm", args=[below.pk, own.pk])
    client.force_login(editor)
    answer = getattr(client, method)(url)
    assert (answer.status_code, "Muiden" in answer.content.decode()) == (403, False)
    assert Page.objects.get(pk=below.pk).get_parent().pk == other.pk
    client.force_login(admin_user)
    assert client.get(url).status_code == 200


def test_the_tasks_of_workflows_are_for_those_who_may_change_the_page_or_the_workflows(
    client, admin_user, editor, own, other
):
    workflow, task = Workflow.objects.create(name="Muiden"), GroupApprovalTask.objects.create(name="Muiden")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    for page in (own, other):
        WorkflowPage.objects.create(page=Page.objects.get(pk=page.pk), workflow=workflow)
        page.save_revision(user=admin_user)
        workflow.start(page, admin_user)
    cancellation = [
        reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk]) for page in (own, other)
    ]
    chooser = [
        reverse("wagtailadmin_workflows:task_chooser"),
        reverse("wagtailadmin_workflows:task_chooser_results"),
        reverse("wagtailadmin_workflows:task_chosen", args=[task.pk]),
    ]
    client.force_login(editor)
    assert [client.get(url).status_code for url in cancellation] == [200, 403]
    assert [client.get(url).status_code for url in chooser] == [403, 403, 403]
    client.force_login(admin_user)
    assert [client.get(url).status_code for url in [*cancellation, *chooser]] == [200] * 5
