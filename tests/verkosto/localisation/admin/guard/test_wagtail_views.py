"""Bulk actions, snippet views, copying, moving and the API of the admin stay within the language of a user."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.admin.guard.test_localize_views import refused
from tests.verkosto.localisation.testapp.models import Hall, TalkPage
from verkosto.localisation.permissions.groups import create_groups

SNIPPET = "wagtailsnippets_localisation_testapp_hall"


@pytest.fixture
def swedish_editor(make_user, swedish):
    return make_user("sv", "add_page", "change_page", "publish_page", submit=True)


def bulk(app, model, action, *objects, everything=False):
    ids = "id=all" if everything else "&".join(f"id={object.pk}" for object in objects)
    return f"{reverse('wagtail_bulk_action', args=[app, model, action])}?{ids}&next=/admin/"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("everything", [False, True])
def test_snippets_of_another_language_are_not_deleted_in_bulk(
    everything, method, client, swedish_editor, swedish, hall
):
    own = Hall.objects.create(name="Egen", locale=swedish.locale)
    client.force_login(swedish_editor)
    url = bulk("localisation_testapp", "hall", "delete", hall, own, everything=everything)
    assert refused(getattr(client, method)(url))
    assert set(Hall.objects.values_list("pk", flat=True)) >= {hall.pk, own.pk}


def test_own_snippets_are_deleted_in_bulk(client, swedish_editor, swedish, hall):
    own = Hall.objects.create(name="Egen", locale=swedish.locale)
    client.force_login(swedish_editor)
    client.post(bulk("localisation_testapp", "hall", "delete", own))
    assert list(Hall.objects.filter(name="Egen")) == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ["copy"])
def test_a_snippet_of_another_language_is_not_copied(action, method, client, swedish_editor, hall):
    client.force_login(swedish_editor)
    before = Hall.objects.count()
    response = getattr(client, method)(reverse(f"{SNIPPET}:{action}", args=[hall.pk]), {"name": "x", "seats": 1})
    assert refused(response)
    assert Hall.objects.count() == before


@pytest.mark.parametrize("action", ["usage", "history"])
def test_a_snippet_of_another_language_is_read(action, client, swedish_editor, hall):
    client.force_login(swedish_editor)
    answer = client.get(reverse(f"{SNIPPET}:{action}", args=[hall.pk]))
    assert (answer.status_code, answer.context["object"]) == (200, hall)


@pytest.mark.parametrize("action", ["edit", "delete", "copy"])
def test_without_a_grant_no_snippet_is_changed(action, client, django_user_model, hall):
    """A registrar sees the admin; that opens no snippet of any language."""
    group = Group.objects.create(name="Registrars")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    registrar = django_user_model.objects.create_user("r", password="p")
    registrar.groups.add(group)
    client.force_login(registrar)
    for method in ("get", "post"):
        assert refused(getattr(client, method)(reverse(f"{SNIPPET}:{action}", args=[hall.pk]), {"name": "x"}))
    client.post(bulk("localisation_testapp", "hall", "delete", hall))
    assert Hall.objects.get(pk=hall.pk).name == "Sali"


def test_a_grant_without_a_tree_opens_every_language(client, make_user, locales, hall):
    """Somebody keeps the directory and no pages: the model's permission is the decision."""
    keeper = make_user("en")
    client.force_login(keeper)
    answer = client.get(reverse(f"{SNIPPET}:edit", args=[hall.pk]))
    assert (answer.status_code, answer.context["object"]) == (200, hall)


def test_a_translator_of_a_language_without_a_tree_changes_no_snippet(client, django_user_model, locales, hall):
    """The group grants the snippet models: until the language has a tree, nothing would bind it."""
    create_groups(locales["en"])
    translator = django_user_model.objects.create_user("t", password="p")
    translator.groups.add(Group.objects.get(name="Translators (en)"))
    client.force_login(translator)
    assert refused(client.get(reverse(f"{SNIPPET}:edit", args=[hall.pk])))


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_pages_of_another_language_are_not_touched_in_bulk(action, client, swedish_editor, talk, swedish):
    client.force_login(swedish_editor)
    before = Page.objects.filter(pk=talk.pk).values().get()
    client.post(bulk("wagtailcore", "page", action, talk), {"chooser": swedish.get_parent().pk})
    assert Page.objects.filter(pk=talk.pk).values().get() == before


@pytest.fixture
def unfinished(swedish, translation, django_capture_on_commit_callbacks):
    """A draft with a string left, on a page that went off the site."""
    with django_capture_on_commit_callbacks(execute=True):
        swedish.unpublish()
    StringTranslation.objects.filter(data="sv Johdanto").delete()
    return TalkPage.objects.get(pk=swedish.pk)


def published(page):
    return Page.objects.get(pk=page.pk).live


def test_bulk_publishing_waits_for_every_string(client, swedish_editor, unfinished, translation):
    client.force_login(swedish_editor)
    client.post(bulk("wagtailcore", "page", "publish", unfinished))
    assert not published(unfinished)
    client.post(bulk("wagtailcore", "page", "publish", unfinished.get_parent()), {"include_descendants": "on"})
    assert not published(unfinished)
    segment = translation.source.stringsegment_set.get(string__data="Johdanto")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=unfinished.locale, data="x"
    )
    client.post(bulk("wagtailcore", "page", "publish", unfinished))
    assert published(unfinished)


def api(page, action):
    return reverse("wagtailadmin_api:pages:action", args=[page.pk, action])


def test_the_api_publishes_nothing_unfinished_or_locked(client, swedish_editor, admin_user, unfinished, translation):
    client.force_login(swedish_editor)
    assert client.post(api(unfinished, "publish")).status_code == 403
    StringTranslation.objects.filter(locale=unfinished.locale).update(data="x")
    Page.objects.filter(pk=unfinished.pk).update(locked=True, locked_by=admin_user)
    assert client.post(api(unfinished, "publish")).status_code == 403
    assert not published(unfinished)


@pytest.mark.parametrize(
    "action",
    ["copy", "copy_for_translation", "create_alias", "delete", "move", "publish", "unpublish", "convert_alias"],
)
def test_the_api_touches_no_page_of_another_language(action, client, swedish_editor, talk, swedish):
    client.force_login(swedish_editor)
    before = list(Page.objects.order_by("pk").values())
    destination = swedish.get_parent().pk
    data = {
        "destination_page_id": destination,
        "parent_page_id": destination,
        "locale": "en",
        "position": "last-child",
    }
    assert client.post(api(talk, action), data).status_code == 403
    assert list(Page.objects.order_by("pk").values()) == before


def test_a_page_does_not_leave_its_language(client, admin_user, talk, swedish):
    client.force_login(admin_user)
    foreign = swedish.get_parent()
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[talk.pk, foreign.pk]))
    client.post(bulk("wagtailcore", "page", "move", talk), {"chooser": foreign.pk})
    data = {"new_title": "x", "new_slug": "x", "new_parent_page": foreign.pk}
    assert refused(client.post(reverse("wagtailadmin_pages:copy", args=[talk.pk]), data))
    assert client.post(api(talk, "move"), {"destination_page_id": foreign.pk}).status_code == 403
    assert Page.objects.get(pk=talk.pk).get_parent().pk == talk.get_parent().pk
    assert not Page.objects.filter(slug="x").exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["copy", "edit", "delete", "unpublish", "move", "history", "view_draft", "usage"])
def test_another_languages_pages_stay_closed(name, method, client, make_user, talk, swedish):
    client.force_login(make_user("sv", "add_page", "change_page", "publish_page"))
    before = list(Page.objects.order_by("pk").values())
    response = getattr(client, method)(reverse(f"wagtailadmin_pages:{name}", args=[talk.pk]))
    assert refused(response) or response.status_code == 405
    assert list(Page.objects.order_by("pk").values()) == before


def test_another_languages_tree_is_not_listed(client, make_user, talk, swedish):
    """The roots that share the site's root are seen by name; nothing below them is."""
    client.force_login(make_user("sv", "change_page"))
    listed = client.get(reverse("wagtailadmin_api:pages:listing")).json()["items"]
    assert talk.pk not in {page["id"] for page in listed}
    granted = set(GroupPagePermission.objects.values_list("page_id", flat=True))
    assert granted
    content = client.get(reverse("wagtailadmin_explore", args=[talk.get_parent().pk])).content.decode()
    assert f"/admin/pages/{talk.pk}/edit/" not in content
