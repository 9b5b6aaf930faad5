"""What needs no words follows the original in the transaction that publishes it; what needs words says so."""

import json

import pytest
from wagtail_localize.models import StringTranslation, Translation

from tests.verkosto.localisation.bodies import (
    block_with_text_removed,
    block_without_text_added,
    block_without_text_removed,
    body,
    caption,
    document,
    embed_address,
    event_count,
    fresh,
    heading_in_text,
    heading_level,
    image,
    link_target,
    new_paragraph,
    new_text_block,
    order,
    paragraph_removed,
    publish,
    raw_body,
    set_body,
    state,
)
from tests.verkosto.localisation.conftest import translate_strings
from verkosto.localisation.states.newer_original import newer_original
from verkosto.localisation.states.recount import recount

WORDLESS = [
    link_target,
    heading_level,
    embed_address,
    document,
    image,
    event_count,
    order,
    block_without_text_added,
    block_without_text_removed,
    paragraph_removed,
    block_with_text_removed,
    heading_in_text,
]


@pytest.mark.parametrize("change", WORDLESS)
def test_what_needs_no_words_is_live_at_once(change, guide, swedish_guide, texts, files, commit):
    finnish, expected = body(files), texts
    change(finnish, files)
    change(expected, files)
    with commit():
        set_body(guide, finnish)
        publish(guide)
        # In the same transaction, before anything that waits for its end.
        assert raw_body(swedish_guide) == expected
    assert (state(swedish_guide).state, newer_original(swedish_guide)) == ("up_to_date", None)
    # A draft without changes of its own follows too: an editor opens it next.
    draft = fresh(swedish_guide).get_latest_revision_as_object()
    assert json.loads(json.dumps(list(draft.body.raw_data))) == expected
    assert recount() == 0


@pytest.mark.parametrize(
    ("change", "expected_change"),
    [
        (new_paragraph, None),
        (new_text_block, None),
        (caption, image),  # the picture needs no words
    ],
)
def test_what_needs_words_is_outdated_and_says_so_until_it_is_applied(
    change, expected_change, guide, swedish_guide, texts, files, locales, commit
):
    finnish, expected = body(files), texts
    change(finnish, files)
    if expected_change:
        expected_change(expected, files)
    with commit():
        set_body(guide, finnish)
        publish(guide)
    assert raw_body(swedish_guide) == expected
    assert (state(swedish_guide).state, newer_original(swedish_guide).pk) == ("outdated", guide.pk)
    translation = Translation.objects.get(source__object_id=guide.translation_key, target_locale=locales["sv"])
    with commit():
        translate_strings(translation.source, locales["sv"])
    assert raw_body(swedish_guide) == expected
    assert (state(swedish_guide).state, newer_original(swedish_guide).pk) == ("ready", guide.pk)
    with commit():
        translation.save_target(publish=True)
    marked = body(files, "sv ")
    change(marked, files)
    assert [item["id"] for item in raw_body(swedish_guide)] == [item["id"] for item in marked]
    assert (state(swedish_guide).state, newer_original(swedish_guide)) == ("up_to_date", None)


def test_words_that_nobody_applied_do_not_go_live_by_it(guide, swedish_guide, texts, files, commit):
    with commit():
        StringTranslation.objects.filter(data="sv Kolmas", locale=swedish_guide.locale).update(data="sv Oapplicerad")
        recount()
        finnish = body(files)
        event_count(finnish, files)
        heading_in_text(finnish, files)
        set_body(guide, finnish)
        publish(guide)
    event_count(texts, files)
    assert raw_body(swedish_guide) == texts
    assert (state(swedish_guide).state, newer_original(swedish_guide).pk) == ("ready", guide.pk)


def test_a_changed_and_restored_original_is_up_to_date_again(guide, swedish_guide, texts, files, commit):
    with commit():
        finnish = body(files)
        new_paragraph(finnish, files)
        set_body(guide, finnish)
        publish(guide)
    with commit():
        set_body(guide, body(files))
        publish(guide)
    assert raw_body(swedish_guide) == texts
    assert (state(swedish_guide).state, newer_original(swedish_guide)) == ("up_to_date", None)


def test_the_public_page_says_that_its_original_is_newer(client, guide, swedish_guide, files, commit):
    with commit():
        finnish = body(files)
        new_paragraph(finnish, files)
        set_body(guide, finnish)
        publish(guide)
    content = client.get(fresh(swedish_guide).url).content.decode()
    assert f'<a href="{fresh(guide).url}" hreflang="fi" lang="fi">Ohje</a>' in content
    assert 'hreflang="fi" lang="fi">Ohje</a>' not in client.get(fresh(guide).url).content.decode()
