"""Views of wagtail-localize refuse what is outside the language of a user, and locked pages."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from tests.verkosto.localisation.testapp.models import Hall, TalkPage


def url(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def refused(response):
    return response.status_code == 403 or (response.status_code == 302 and response["Location"] == "/admin/")


@pytest.fixture
def swedish_editor(make_user, swedish):
    return make_user("sv", "add_page", "change_page", "publish_page", submit=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_page_is_not_submitted(method, client, swedish_editor, talk, locales):
    client.force_login(swedish_editor)
    response = getattr(client, method)(url("submit_page_translation", talk.pk), {"locales": [locales["en"].pk]})
    assert refused(response)
    assert not TalkPage.objects.filter(translation_key=talk.translation_key, locale=locales["en"]).exists()


def test_a_translation_is_not_submitted_as_if_it_were_an_original(client, swedish_editor, swedish, locales):
    client.force_login(swedish_editor)
    assert refused(client.post(url("submit_page_translation", swedish.pk), {"locales": [locales["en"].pk]}))


def test_an_original_of_the_own_language_is_submitted(client, admin_user, talk, swedish, locales):
    client.force_login(admin_user)
    assert not refused(client.post(url("submit_page_translation", talk.pk), {"locales": [locales["en"].pk]}))
    english = TalkPage.objects.get(translation_key=talk.translation_key, locale=locales["en"])
    assert not english.live


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_source_is_not_synchronised(method, client, swedish_editor, translation):
    client.force_login(swedish_editor)
    response = getattr(client, method)(
        url("update_translations", translation.source_id), {"publish_translations": "on"}
    )
    assert refused(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_translator_converts_nothing_to_an_alias(method, client, make_user, swedish, translation):
    client.force_login(make_user("sv", "change_page"))
    assert refused(getattr(client, method)(url("convert_to_alias", swedish.pk)))
    client.post(reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {"localize-convert-to-alias": ""})
    assert Translation.objects.filter(pk=translation.pk).exists()
    assert TalkPage.objects.get(pk=swedish.pk).title == "sv Puhe"


def test_a_translator_stops_no_translation(client, make_user, translation):
    client.force_login(make_user("sv", "change_page"))
    assert refused(client.post(url("stop_translation", translation.pk)))
    translation.refresh_from_db()
    assert translation.enabled


def test_strings_of_a_locked_page_are_not_written(client, make_user, admin_user, swedish, translation):
    swedish.locked, swedish.locked_by = True, admin_user
    swedish.save()
    client.force_login(make_user("sv", "change_page", "publish_page"))
    segment = translation.source.stringsegment_set.first()
    address = url("edit_string_translation", translation.pk, segment.pk)
    response = client.put(
        address,
        "value=x",
        content_type="application/x-www-form-urlencoded",
    )
    assert refused(response)
    client.post(reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {"action": "publish"})
    assert not StringTranslation.objects.filter(data="x").exists()
    assert TalkPage.objects.get(pk=swedish.pk).live_revision_id == swedish.live_revision_id


@pytest.mark.parametrize("name", ["download_pofile", "preview_translation"])
def test_foreign_strings_are_not_read(name, client, make_user, translation, home):
    client.force_login(make_user("en", "change_page"))
    assert refused(client.get(url(name, translation.pk)))


@pytest.mark.parametrize("action", ["edit", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_snippet_of_another_language_is_closed(method, action, client, swedish_editor, hall):
    client.force_login(swedish_editor)
    address = reverse(f"wagtailsnippets_localisation_testapp_hall:{action}", args=[hall.pk])
    assert refused(getattr(client, method)(address, {"name": "x", "seats": 1}))
    assert Hall.objects.get(pk=hall.pk).name == "Sali"


def test_a_snippet_is_added_only_in_the_own_language(client, swedish_editor, swedish):
    client.force_login(swedish_editor)
    add = reverse("wagtailsnippets_localisation_testapp_hall:add")
    assert refused(client.post(f"{add}?locale=fi", {"name": "x", "seats": 1}))
    assert refused(client.post(add, {"name": "x", "seats": 1}))
    assert not refused(client.get(f"{add}?locale=sv"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_snippet_is_not_submitted(method, client, swedish_editor, hall, locales):
    client.force_login(swedish_editor)
    address = url("submit_snippet_translation", "localisation_testapp", "hall", hall.pk)
    assert refused(getattr(client, method)(address, {"locales": [locales["en"].pk]}))
    assert not Hall.objects.filter(translation_key=hall.translation_key, locale=locales["en"]).exists()


def test_the_own_snippet_opens(client, swedish_editor, swedish):
    client.force_login(swedish_editor)
    address = reverse("wagtailsnippets_localisation_testapp_hall:edit", args=[swedish.hall_id])
    answer = client.get(address)
    assert (answer.status_code, swedish.hall.name in answer.content.decode()) == (200, True)
