"""What a language holds for itself while the rest follows, and what it costs."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from tests.factories.directory import TopicFactory
from tests.verkosto.localisation.bodies import (
    EVENTS,
    HEADING,
    NEW,
    PLAIN,
    TEXT,
    at,
    block,
    block_without_text_removed,
    body,
    fresh,
    heading_level,
    order,
    paragraph_removed,
    publish,
    raw_body,
    set_body,
    state,
)
from tests.verkosto.localisation.conftest import translate_strings
from tests.verkosto.localisation.sync.test_fact_updates import fresh as fresh_talk
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.overrides.local_overrides import create_override
from verkosto.localisation.states.newer_original import newer_original
from verkosto.localisation.sync import structure


@pytest.mark.parametrize("change", [heading_level, order])
def test_a_detached_block_stays_as_it_is(change, guide, swedish_guide, texts, files, commit):
    page = fresh(swedish_guide)
    own = {"text": "Egen rubrik", "level": "2"}
    page.body[0].value["text"] = own["text"]
    with commit():
        create_override(page, f"body.{HEADING}")
        Translation.objects.get(target_locale=page.locale, source__object_id=page.translation_key).save_target()
    assert state(swedish_guide).state == "up_to_date"
    finnish = body(files)
    change(finnish, files)
    with commit():
        set_body(guide, finnish)
        publish(guide)
    if change is order:
        order(texts, files)
    texts[0]["value"] = own
    assert raw_body(swedish_guide) == texts
    assert state(swedish_guide).state == "up_to_date"


def test_a_link_of_its_own_stays_while_the_rest_follows(guide, swedish_guide, texts, files, commit):
    translation = Translation.objects.get(target_locale=swedish_guide.locale, source__object_id=guide.translation_key)
    segment = translation.source.overridablesegment_set.get(data_json='"https://example.org/1"')
    with commit():
        SegmentOverride.objects.create(
            locale=swedish_guide.locale, context=segment.context, data_json='"https://example.org/sv"'
        )
        translation.save_target(publish=True)
    own = at(texts, TEXT)
    own["text"] = own["text"].replace("example.org/1", "example.org/sv")
    assert raw_body(swedish_guide) == texts
    finnish = body(files)
    paragraph_removed(finnish, files)
    order(finnish, files)
    with commit():
        set_body(guide, finnish)
        publish(guide)
    paragraph_removed(texts, files)
    order(texts, files)
    assert raw_body(swedish_guide) == texts
    assert state(swedish_guide).state == "up_to_date"


def test_a_draft_with_changes_of_its_own_keeps_them_and_follows(guide, swedish_guide, texts, files, commit):
    page = fresh(swedish_guide)
    raw = raw_body(page)
    at(raw, PLAIN)["text"] = "<p>Utkast</p>"
    raw.insert(1, block(NEW, "rich_text", text="<p>Tillagt</p>"))
    set_body(page, raw)
    page.summary = "Utkast"
    with commit():
        revision = page.save_revision()
    finnish = body(files)
    heading_level(finnish, files)
    block_without_text_removed(finnish, files)
    with commit():
        set_body(guide, finnish)
        publish(guide)
    heading_level(texts, files)
    block_without_text_removed(texts, files)
    assert raw_body(swedish_guide) == texts
    page = fresh(swedish_guide)
    assert (page.latest_revision_id, page.has_unpublished_changes, page.summary) == (
        revision.pk,
        True,
        "sv Tiivistelmä",
    )
    draft = page.get_latest_revision_as_object()
    at(texts, PLAIN)["text"] = "<p>Utkast</p>"
    texts.insert(1, block(NEW, "rich_text", text="<p>Tillagt</p>"))
    assert (draft.summary, json.loads(json.dumps(list(draft.body.raw_data)))) == ("Utkast", texts)


def test_a_field_that_was_emptied_is_empty(guide, swedish_guide, commit):
    with commit():
        guide.search_description = ""
        publish(guide)
    assert (fresh(swedish_guide).search_description, state(swedish_guide).state) == ("", "up_to_date")


def test_a_publish_of_other_content_is_not_up_to_date(guide, swedish_guide, commit):
    page = fresh(swedish_guide)
    page.summary = "Av misstag"
    with commit():
        publish(page)
    assert (fresh(swedish_guide).summary, state(swedish_guide).state) == ("Av misstag", "ready")


def test_links_in_a_rich_text_field_and_in_children_follow(locales, talk, swedish_talk, commit):
    item = talk.items.get_object_list()[0]
    with commit():
        talk.text = talk.text.replace("/1", "/2")
        item.note = ""
        publish(talk)
    page = fresh_talk(swedish_talk)
    assert page.text == '<p>sv Katso <a href="https://example.org/2">ohje</a></p>'
    assert list(page.items.values_list("title", "note")) == [("sv Avaus", ""), ("sv Kahvi", "")]
    assert state(page).state == "up_to_date"


@pytest.fixture
def swedish_talk(talk, locales, commit):
    talk.text = '<p>Katso <a href="https://example.org/1">ohje</a></p>'
    talk.items.get_object_list()[0].note = "Huomio"
    publish(talk)
    sv = locales["sv"]
    with commit():
        parent = talk.get_parent().specific
        translate_object(parent, [sv])
        parent.get_translation(sv).save_revision().publish()
        translate_object(talk, [sv])
    translation = Translation.objects.get(source__object_id=talk.translation_key, target_locale=sv)
    with commit():
        translate_strings(translation.source, sv)
        translation.save_target(publish=True)
    page = TalkPage.objects.get(translation_key=talk.translation_key, locale=sv)
    assert list(page.items.values_list("note", flat=True)) == ["sv Huomio", ""]
    return page


def test_what_is_compared_is_read_at_once(guide, swedish_guide, files, commit):
    """A hundred blocks more cost no query more."""
    source = TranslationSource.objects.get(object_id=guide.translation_key)
    costs = []
    for more in (1, 100):
        raw = body(files)
        raw += [
            block(str(uuid.uuid4()), "image", image=files["images"][0], alt_text="", caption="") for _ in range(more)
        ]
        with commit():
            set_body(guide, raw)
            publish(guide)
        assert len(raw_body(swedish_guide)) == len(raw)
        source.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            structure.sync_structure(source, structure.expected_contents(source))
        costs.append(len(queries))
    assert costs[0] == costs[1] < 100


def test_a_block_takes_the_version_that_its_snippet_gets_later(guide, swedish_guide, files, locales, commit):
    topic = TopicFactory(locale=locales["fi"])
    raw = body(files)
    at(raw, EVENTS)["topic"] = topic.pk
    with commit():
        set_body(guide, raw)
        publish(guide)
    assert at(raw_body(swedish_guide), EVENTS)["topic"] == topic.pk
    with commit():
        version = topic.copy_for_translation(locales["sv"])
        version.save()
    assert at(raw_body(swedish_guide), EVENTS)["topic"] == version.pk
    assert (state(swedish_guide).state, newer_original(swedish_guide)) == ("up_to_date", None)
