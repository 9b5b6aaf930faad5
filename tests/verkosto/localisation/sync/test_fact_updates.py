from datetime import time, timedelta

from tests.verkosto.localisation.conftest import NOON
from tests.verkosto.localisation.testapp.models import Hall, Label, TalkItem, TalkLink, TalkPage
from verkosto.localisation.signals import text_changed


def publish(page):
    page.save_revision().publish()


def fresh(page):
    return TalkPage.objects.get(pk=page.pk)


def test_publishing_the_original_writes_its_facts_into_the_live_translation(talk, swedish):
    talk.starts_at = NOON + timedelta(hours=2)
    talk.capacity = 25
    talk.title = "Uusi otsikko"
    publish(talk)
    target = fresh(swedish)
    assert (target.starts_at, target.capacity, target.title) == (NOON + timedelta(hours=2), 25, "sv Puhe")


def test_an_open_draft_takes_the_facts_and_keeps_its_words(talk, swedish):
    swedish.intro = "Utkast"
    revision = swedish.save_revision()
    talk.capacity = 25
    publish(talk)
    revision.refresh_from_db()
    assert (revision.content["capacity"], revision.content["intro"]) == (25, "Utkast")
    assert fresh(swedish).latest_revision_id == revision.pk


def test_a_cleared_snippet_is_cleared_everywhere(talk, swedish):
    assert fresh(swedish).hall_id
    talk.hall = None
    publish(talk)
    assert fresh(swedish).hall_id is None


def test_a_snippet_without_translation_replaces_the_false_one(talk, swedish, locales):
    other = Hall.objects.create(name="Toinen", locale=locales["fi"])
    talk.hall = other
    publish(talk)
    assert fresh(swedish).hall_id == other.pk


def test_a_translated_snippet_is_localised_in_keys_streams_and_children(talk, swedish, locales):
    other = Hall.objects.create(name="Toinen", locale=locales["fi"])
    counterpart = other.copy_for_translation(locales["sv"])
    counterpart.save()
    talk.hall = other
    talk.contacts = [("hall", other)]
    talk.talk_links = [TalkLink(url="https://example.org/2", hall=other)]
    publish(talk)
    target = fresh(swedish)
    assert target.hall_id == counterpart.pk
    assert [block.value.pk for block in target.contacts] == [counterpart.pk]
    assert list(target.talk_links.values_list("url", "hall_id")) == [("https://example.org/2", counterpart.pk)]
    assert fresh(talk).contacts[0].value.pk == other.pk


def test_children_with_words_keep_words_and_take_facts(talk, swedish):
    first, second = talk.items.all()
    first.at, first.speaker, first.title, first.sort_order = time(15), "Bo", "Uusi avaus", 1
    second.sort_order = 0
    talk.items = [second, first]
    publish(talk)
    rows = list(fresh(swedish).items.values_list("at", "title", "speaker"))
    assert rows == [(time(13), "sv Kahvi", ""), (time(15), "sv Avaus", "Bo")]


def test_a_removed_child_is_removed_and_a_new_one_waits_for_its_words(talk, swedish, locales):
    first, _second = talk.items.all()
    new = TalkItem(at=time(16), title="Uusi kohta", locale=locales["fi"], sort_order=2)
    talk.items = [first, new]
    publish(talk)
    assert list(fresh(swedish).items.values_list("title", flat=True)) == ["sv Avaus"]


def test_children_without_words_keep_their_rows(talk, swedish):
    pk = fresh(swedish).talk_links.get().pk
    talk.talk_links.get_object_list()[0].url = "https://example.org/new"
    publish(talk)
    assert list(fresh(swedish).talk_links.values_list("pk", "url")) == [(pk, "https://example.org/new")]


def test_many_to_many_follows_and_is_cleared(talk, swedish):
    talk.labels = [Label.objects.create(code="b")]
    publish(talk)
    assert [label.code for label in fresh(swedish).labels.all()] == ["b"]
    talk.labels = []
    publish(talk)
    assert list(fresh(swedish).labels.all()) == []


def test_a_translation_cannot_go_live_with_stale_facts(talk, swedish):
    revision = swedish.save_revision()
    revision.content["capacity"] = 999
    revision.save()
    revision.publish()
    assert fresh(swedish).capacity == 10


def test_publishing_a_translation_projects_nothing(talk, swedish):
    swedish.capacity = 3
    publish(swedish)
    assert fresh(talk).capacity == 10


def test_an_unchanged_publish_touches_no_translation(talk, swedish, locales):
    before = fresh(swedish).serializable_data()
    source = swedish_source(talk)
    stamp = source.last_updated_at
    publish(talk)
    assert fresh(swedish).serializable_data() == before
    source.refresh_from_db()
    assert source.last_updated_at == stamp


def test_changed_words_reach_the_source_and_leave_the_live_translation(talk, swedish):
    talk.intro = "Toinen johdanto"
    publish(talk)
    source = swedish_source(talk)
    assert "Toinen johdanto" in source.stringsegment_set.values_list("string__data", flat=True)
    assert fresh(swedish).intro == "sv Johdanto"


def test_the_number_of_new_strings_is_told(talk, swedish, commit):
    told = []

    def listen(sender, source, added, **kwargs):
        told.append((source.object_id, added))

    text_changed.connect(listen)
    try:
        with commit():
            publish(talk)
            talk.capacity = 11
            publish(talk)
            talk.intro, talk.text = "Toinen johdanto", "<p>Yksi.</p><p>Kaksi.</p>"
            publish(talk)
    finally:
        text_changed.disconnect(listen)
    assert [added for _key, added in told if added] == [3]
    assert {key for key, _added in told} == {talk.translation_key}


def swedish_source(talk):
    from wagtail_localize.models import TranslationSource

    return TranslationSource.objects.get(object_id=talk.translation_key)
