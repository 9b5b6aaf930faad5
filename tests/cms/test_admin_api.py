import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    PageViewRestriction,
    ReferenceIndex,
)

from home.models import HomePage
from tests.factories import StandardPageFactory, in_language

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


def translator_of(page: HomePage) -> User:
    """Somebody who may change the pages of one language, and choose no file."""
    group = Group.objects.create(name="translators")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user = User.objects.create_user("translator")
    user.groups.add(group)
    return user


def test_title_of_a_page_that_is_named_on_ones_own_is_told_and_nothing_else(
    client: Client, homes: dict[str, HomePage]
) -> None:
    """Finding: the translation editor asks for a page in another language that a related link names, and got 404.

    Of a page that one may not explore nothing but its public title is told: no draft title, no date, no parent.
    """
    targets = [
        StandardPageFactory(parent=homes["fi"], title=title, live=title != "Luonnos")
        for title in ("Julkinen", "Luonnos", "Salainen", "Muualla")
    ]
    public, _draft, restricted, elsewhere = targets
    public.title = "Uusi nimi"
    public.save_revision()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.PASSWORD, password="x")
    links = [{"type": "page", "value": page.pk} for page in targets if page != elsewhere]
    source = StandardPageFactory(parent=homes["fi"], slug="lahde", related=json.dumps(links))
    in_language(source, "sv", slug="kalla", related="[]")
    ReferenceIndex.create_or_update_for_object(source)
    client.force_login(translator_of(homes["sv"]))
    answers = [client.get(f"/admin/api/main/pages/{page.pk}/") for page in targets]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]
    assert answers[0].json() == {
        "id": public.pk,
        "meta": {"html_url": public.full_url},
        "title": "Julkinen",
        "admin_display_title": "Julkinen",
    }
    own = client.get(f"/admin/api/main/pages/{homes['sv'].pk}/").json()
    assert own["meta"]["locale"] == "sv"
    listed = client.get("/admin/api/main/pages/").json()["items"]
    assert public.pk not in [item["id"] for item in listed]


def test_image_and_document_of_a_page_are_told_to_who_may_change_the_page(
    client: Client, homes: dict[str, HomePage]
) -> None:
    """The same kind: the editor of a page with an image that its translator may not choose broke at the 404."""
    made = {
        "images": get_image_model().objects.create(title="Kuva", file=get_test_image_file()),
        "documents": get_document_model().objects.create(title="Liite", file=ContentFile(b"x", name="a.txt")),
    }
    body = [
        {"type": "image", "value": {"image": made["images"].pk}},
        {"type": "documents", "value": {"documents": [{"document": made["documents"].pk}]}},
    ]
    client.force_login(translator_of(homes["sv"]))
    for home, status in (("fi", 404), ("sv", 200)):
        page = StandardPageFactory(parent=homes[home], slug=home, body=json.dumps(body))
        ReferenceIndex.create_or_update_for_object(page)
        answers = [client.get(f"/admin/api/main/{kind}/{file.pk}/") for kind, file in made.items()]
        assert [answer.status_code for answer in answers] == [status, status]
    assert [answer.json()["title"] for answer in answers] == ["Kuva", "Liite"]
    assert client.get("/admin/api/main/images/").json()["items"] == []
