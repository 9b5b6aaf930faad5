"""What an editor of one part of the site, or of one language, gets of another's drafts: nothing."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from home.models import HomePage
from tests.factories import StandardPageFactory
from tests.factories.locales import in_language

pytestmark = pytest.mark.django_db
SECRET = "Salainen luonnos"


def editor_of(page: Page) -> User:
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(codename__in=["add_page", "change_page", "publish_page"]):
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user = User.objects.create_user("editor")
    user.groups.add(group)
    return user


@pytest.mark.parametrize("foreign", ["another part", "another language"])
def test_drafts_of_others_open_by_no_address(client: Client, homes: dict[str, HomePage], foreign: str) -> None:
    mine = StandardPageFactory(parent=homes["fi"], slug="oma")
    draft = StandardPageFactory(parent=homes["fi"], slug="vieras", title=SECRET, live=False)
    if foreign == "another language":
        mine = homes["sv"]
        StandardPageFactory(parent=mine, slug="egen")
        in_language(draft, "sv", slug="frammande", title="Min text")
    first, second = draft.save_revision(), draft.save_revision()
    before = Page.objects.order_by("pk").values_list("path", "live", "title", "draft_title", "latest_revision_id")
    stored = list(before)
    own = [draft.pk]
    addresses = [
        *(reverse(f"wagtailadmin_pages:{name}", args=own) for name in (
            "edit", "view_draft", "history", "history_results", "usage", "workflow_history", "copy", "delete", "move",
            "unpublish", "preview_on_edit", "set_privacy", "convert_alias", "lock", "unlock",
        )),
        reverse("wagtailadmin_pages:add_subpage", args=own),
        reverse("wagtailadmin_pages:revisions_view", args=[draft.pk, first.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[draft.pk, first.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, first.pk, second.pk]),
        reverse("wagtailadmin_explore", args=own),
        f"/admin/api/main/pages/{draft.pk}/",
        f"/admin/pages/search/?q={draft.slug}",
        f"/admin/choose-page/search/?q={draft.slug}",
        f"/admin/reports/site-history/?label={draft.slug}",
        "/admin/",
    ]  # fmt: skip
    client.force_login(User.objects.create_superuser("admin"))
    assert sum(SECRET in client.get(path).content.decode() for path in addresses) >= 12
    client.force_login(editor_of(mine))
    fields = {"title": "Kaapattu", "slug": "kaapattu", "action-publish": "1", "restriction_type": "none"}
    for path in addresses:
        for answer in (client.get(path), client.post(path, fields)):
            assert SECRET not in answer.content.decode(), path
            assert answer.status_code < 500, path
    assert list(before.all()) == stored
