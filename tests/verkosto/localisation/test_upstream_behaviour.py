"""What wagtail-localize 1.14.5 does by itself. A test that fails here tells that upstream moved: see what can go."""

from django.urls import reverse
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation

from tests.verkosto.localisation import bodies
from tests.verkosto.localisation.conftest import translated
from tests.verkosto.localisation.testapp.models import Hall, TalkPage


def fresh(page):
    return TalkPage.objects.get(pk=page.pk)


def test_finding_2_a_saved_draft_of_a_target_leaves_its_live_row_alone(talk, swedish, translation, commit):
    """wagtail-localize overwrites the row; `upstream.keep_live_rows_from_drafts` makes a draft of it, for any caller."""
    string = StringTranslation.objects.get(data="sv Johdanto")
    string.data = "sv ny"
    with commit():
        string.save()
    with commit():
        translation.save_target(publish=False)
    assert (fresh(swedish).intro, fresh(swedish).get_latest_revision_as_object().intro) == ("sv Johdanto", "sv ny")
    assert bodies.state(swedish).state == "ready"


def test_finding_5_a_cleared_or_untranslated_key_follows(talk, swedish, translation, locales):
    other = Hall.objects.create(name="Toinen", locale=locales["fi"])
    for hall in (other, None):
        page = fresh(talk)
        page.hall = hall
        page.save_revision().publish()
        translation.source.refresh_from_db()
        assert fresh(swedish).hall == hall


def test_a_snippet_that_is_translated_later_takes_its_place(talk, swedish, locales):
    other = Hall.objects.create(name="Toinen", locale=locales["fi"])
    page = fresh(talk)
    page.hall = other
    page.save_revision().publish()
    counterpart = other.copy_for_translation(locales["sv"])
    counterpart.save()
    assert fresh(swedish).hall == counterpart


def test_children_have_the_same_keys_in_every_language_and_new_ones_in_a_copy(talk, swedish):
    keys = set(talk.items.values_list("translation_key", flat=True))
    assert set(fresh(swedish).items.values_list("translation_key", flat=True)) == keys
    copy = talk.copy(update_attrs={"slug": "kopio", "title": "Kopio"})
    assert keys.isdisjoint(copy.items.values_list("translation_key", flat=True))


def test_block_ids_are_the_same_in_every_language(talk, swedish):
    assert [block.id for block in fresh(swedish).body] == [block.id for block in talk.body]


def test_many_to_many_needs_an_explicit_declaration():
    names = {field.field_name for field in get_translatable_fields(TalkPage)}
    assert "labels" in names
    declared = TalkPage.override_translatable_fields
    try:
        TalkPage.override_translatable_fields = []
        assert "labels" not in {field.field_name for field in get_translatable_fields(TalkPage)}
    finally:
        TalkPage.override_translatable_fields = declared


def test_restarting_a_translation_keeps_what_was_edited_by_hand(client, admin_user, talk, swedish, translation):
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    page = fresh(swedish)
    page.intro = "Skrivet för hand"
    page.save_revision().publish()
    client.force_login(admin_user)
    client.post(reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {"localize-restart-translation": ""})
    translation.refresh_from_db()
    assert translation.enabled
    translation.save_target(publish=False)
    assert fresh(swedish).intro == "Skrivet för hand"


def test_the_slug_is_words_and_is_made_unique(talk, home, swedish, locales, django_capture_on_commit_callbacks):
    assert fresh(swedish).slug == "sv-puhe"
    second = TalkPage(title="Toinen", slug="toinen", locale=home.locale)
    TalkPage.objects.get(pk=home.pk).add_child(instance=second)
    other = translated(second, locales["sv"], django_capture_on_commit_callbacks)
    StringTranslation.objects.filter(data="sv toinen").update(data="sv-puhe")
    Translation.objects.get(source__object_id=second.translation_key).save_target(publish=True)
    assert (fresh(other).slug, fresh(swedish).slug) == ("sv-puhe-1", "sv-puhe")
