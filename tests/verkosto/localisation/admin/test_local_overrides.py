"""Detached parts through the translator's own forms: which are offered, what is kept, who may."""

import pytest
from django.urls import reverse

from tests.verkosto.localisation.admin.guard.test_localize_views import refused
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import LocalOverride, TranslationState
from verkosto.localisation.overrides.editor import overridable_content
from verkosto.localisation.overrides.local_overrides import create_override, overridden_paths_of
from verkosto.localisation.states.recount import recount


@pytest.fixture
def translator(client, make_user, swedish):
    user = make_user("sv", "change_page")
    client.force_login(user)
    return user


@pytest.fixture
def overrides_url(translation):
    return reverse("verkosto_localisation:local_overrides", args=[translation.pk])


def override_url(translation, path):
    return reverse("verkosto_localisation:local_override", args=[translation.pk, path])


def fresh(page):
    return TalkPage.objects.get(pk=page.pk)


def state(page):
    recount()
    return TranslationState.objects.get(translation_key=page.translation_key, locale=page.locale)


def test_facts_and_rows_that_the_page_does_not_show_are_not_offered(swedish):
    offered = {part.path for part in overridable_content(swedish)}
    assert {"intro", "contacts", "body", f"body.{swedish.body[0].id}"} <= offered
    assert offered.isdisjoint({"starts_at", "capacity", "hall", "items", "talk_links", "agenda_items"})


def test_a_list_is_detached_written_and_attached_again(
    client, translator, overrides_url, translation, talk, swedish, django_capture_on_commit_callbacks
):
    # Detaching leads to the form of the part, which holds what the language says now.
    assert client.post(overrides_url, {"create": "contacts"})["Location"] == override_url(translation, "contacts")
    part = LocalOverride.objects.get()
    assert (part.path, part.by, part.locale) == ("contacts", translator, swedish.locale)
    form = client.get(override_url(translation, "contacts"))
    assert "a@example.org" in form.content.decode()

    data = {
        "contacts-count": "1",
        "contacts-0-deleted": "",
        "contacts-0-order": "0",
        "contacts-0-type": "mailbox",
        "contacts-0-id": "",
        "contacts-0-value": "sv@example.org",
    }
    assert client.post(override_url(translation, "contacts"), data)["Location"] == overrides_url
    # Kept for the language, not yet on the page: it goes with the translation, by whoever may publish.
    assert [str(block.value) for block in fresh(swedish).contacts] == ["Sali", "a@example.org"]
    assert (state(swedish).state, state(swedish).local_overrides_count) == ("ready", 1)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert [block.value for block in fresh(swedish).contacts] == ["sv@example.org"]
    assert state(swedish).state == "up_to_date"

    client.post(overrides_url, {"remove": "contacts"})
    assert overridden_paths_of(swedish) == set()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert [str(block.value) for block in fresh(swedish).contacts] == ["Sali", "a@example.org"]


def test_one_block_has_a_form_of_its_own(client, translator, translation, swedish, django_capture_on_commit_callbacks):
    path = f"body.{swedish.body[1].id}"
    create_override(swedish, path)
    assert "sv Otsikko" in client.get(override_url(translation, path)).content.decode()
    assert client.post(override_url(translation, path), {"content": "Egen rubrik"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert [str(block.value) for block in fresh(swedish).body] == ["<p>sv Ensimmäinen</p>", "Egen rubrik"]


def test_what_is_wrong_is_marked_and_not_kept(client, translator, translation, swedish):
    create_override(swedish, "contacts")
    before = LocalOverride.objects.get().value
    data = {
        "contacts-count": "1",
        "contacts-0-deleted": "",
        "contacts-0-order": "0",
        "contacts-0-type": "mailbox",
        "contacts-0-id": "",
        "contacts-0-value": "no address",
    }
    response = client.post(override_url(translation, "contacts"), data)
    assert response.status_code == 200
    assert "no address" in response.content.decode()
    assert LocalOverride.objects.get().value == before


@pytest.mark.parametrize("path", ["capacity", "starts_at", "hall", "items", "talk_links", "nonsense"])
def test_a_fact_is_refused_with_its_reason(path, client, translator, overrides_url, translation):
    assert client.post(overrides_url, {"create": path})["Location"] == overrides_url
    assert not LocalOverride.objects.exists()
    assert client.get(override_url(translation, path), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["local_overrides", "local_override"])
def test_another_language_and_a_locked_page_are_closed(
    name, client, make_user, admin_user, translation, swedish, home
):
    create_override(swedish, "contacts")
    url = reverse(
        f"verkosto_localisation:{name}", args=[translation.pk, *(["contacts"] if name == "local_override" else [])]
    )
    client.force_login(make_user("fi", "change_page", "publish_page"))
    assert refused(client.get(url))
    assert refused(client.post(url, {"remove": "contacts"}))
    TalkPage.objects.filter(pk=swedish.pk).update(locked=True, locked_by=admin_user)
    client.force_login(make_user("sv", "change_page"))
    assert refused(client.post(url, {"remove": "contacts"}))
    assert overridden_paths_of(swedish) == {"contacts"}
