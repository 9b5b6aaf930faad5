import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission

pytestmark = pytest.mark.django_db


def test_api_of_the_admin_lists_what_the_user_may_use(client: Client) -> None:
    """Found by the access matrix: every image and document of every collection was listed."""
    root = Collection.get_first_root_node()
    collections = [root.add_child(name=name) for name in ("Oma", "Salainen")]
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("choose_image", "choose_document"):
        permission = Permission.objects.get(codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=collections[0], permission=permission)
    images, documents = [], []
    for collection in collections:
        where = {"title": collection.name, "collection": collection}
        images.append(get_image_model().objects.create(file=get_test_image_file(), **where))
        documents.append(get_document_model().objects.create(file=ContentFile(b"x", name="a.txt"), **where))
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    for kind, made in (("images", images), ("documents", documents)):
        listed = client.get(f"/admin/api/main/{kind}/").json()["items"]
        assert [item["title"] for item in listed] == ["Oma"]
        shown = [client.get(f"/admin/api/main/{kind}/{each.pk}/").status_code for each in made]
        assert shown == [200, 404]
