import pytest
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.core.originals import get_original, is_original, original_locale_id
from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.recount import recount
from verkosto.localisation.sync.original_changes import make_original


def test_the_version_written_first_is_the_original(talk, swedish, locales):
    assert (is_original(talk), is_original(swedish)) == (True, False)
    assert original_locale_id(swedish) == locales["fi"].pk
    assert get_original(swedish) == talk


def test_making_another_version_the_original_keeps_everybodys_work(talk, swedish, locales):
    make_original(swedish)
    translation = Translation.objects.get(source__object_id=talk.translation_key)
    assert (translation.source.locale, translation.target_locale) == (locales["sv"], locales["fi"])
    total, done = translation.get_progress()
    assert (total, done) == (total, total)
    assert TalkPage.objects.get(pk=talk.pk).title == "Puhe"
    swedish = TalkPage.objects.get(pk=swedish.pk)
    swedish.capacity = 77
    swedish.save_revision().publish()
    assert TalkPage.objects.get(pk=talk.pk).capacity == 77


def test_making_the_first_version_the_original_again_is_symmetrical(talk, swedish):
    make_original(swedish)
    make_original(TalkPage.objects.get(pk=talk.pk))
    assert Translation.objects.filter(source__object_id=talk.translation_key).count() == 1
    assert is_original(talk)
    assert TranslationSource.objects.filter(object_id=talk.translation_key).count() == 2


def test_an_alias_cannot_be_the_original(talk, locales):
    alias = talk.copy_for_translation(locales["en"], copy_parents=True, alias=True)
    with pytest.raises(ValueError, match="alias"):
        make_original(alias)


def test_it_is_a_deliberate_act_of_those_who_submit(client, admin_user, make_user, swedish):
    recount()
    state = TranslationState.objects.get(translation_key=swedish.translation_key, locale=swedish.locale)
    url = reverse("verkosto_localisation:assignment", args=[state.pk])
    client.force_login(make_user("sv", "change_page"))
    client.post(url, {"action": "make_original"})
    assert not is_original(swedish)
    client.force_login(admin_user)
    client.post(url, {"action": "make_original"})
    assert is_original(swedish)
