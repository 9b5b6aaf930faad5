"""Which fields and blocks wagtail-localize reads, and how: pinned, so that we notice when upstream moves."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.operations import translate_object
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from tests.verkosto.localisation.testapp.models import Badge, Hall, TalkPage
from verkosto.directory.models import Topic


def extracted(block, value):
    stream = blocks.StreamBlock([("x", block)])
    value = stream.to_python([{"type": "x", "id": str(uuid4()), "value": value}])
    field = TalkPage._meta.get_field("body")
    return [
        segment.string.data
        for segment in StreamFieldSegmentExtractor(field).handle_stream_block(value)
        if hasattr(segment, "string")
    ]


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (TableBlock(), {"data": [["Sana"]], "first_row_is_table_header": False}),
        (blocks.RawHTMLBlock(), "<p>Sana</p>"),
    ],
)
def test_upstream_reads_no_tables_and_no_raw_html(block, value):
    """#302. No body block of ours is one of these: their words would never reach a translator."""
    assert extracted(block, value) == []


def test_our_bodies_have_no_block_that_is_not_read():
    def children(block):
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from children(child)
        if hasattr(block, "child_block"):
            yield from children(block.child_block)

    unread = (TableBlock, blocks.RawHTMLBlock)
    found = set()
    for model in apps.get_models():
        if issubclass(model, TranslatableMixin) and not model.__module__.startswith("tests."):
            for field in model._meta.get_fields():
                for block in children(field.stream_block) if hasattr(field, "stream_block") else []:
                    if isinstance(block, unread) and not hasattr(block, "get_translatable_segments"):
                        found.add(f"{model.__name__}.{field.name}: {type(block).__name__}")
    assert found == set()


class CodeBlock(blocks.CharBlock):
    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


def test_a_sub_field_is_kept_from_translators_by_its_block():
    """#307: no configuration does it."""
    both = blocks.StructBlock([("code", CodeBlock()), ("label", blocks.CharBlock())])
    assert extracted(both, {"code": "A-1", "label": "Sana"}) == ["Sana"]
    plain = blocks.StructBlock([("code", blocks.CharBlock()), ("label", blocks.CharBlock())])
    assert extracted(plain, {"code": "A-1", "label": "Sana"}) == ["A-1", "Sana"]


def test_upstream_gives_every_text_without_choices_to_translators():
    kinds = {field.field_name: type(field) for field in get_translatable_fields(TalkPage)}
    assert kinds["intro"] is kinds["slug"] is TranslatableField


def test_a_child_without_words_is_made_anew_by_upstream(talk, swedish, translation):
    """Which is why no key points at one."""
    before = set(swedish.talk_links.values_list("pk", flat=True))
    translation.save_target(publish=True)
    assert before.isdisjoint(TalkPage.objects.get(pk=swedish.pk).talk_links.values_list("pk", flat=True))


def test_topics_are_translated_and_no_tags_are():
    assert issubclass(Topic, TranslatableMixin)
    tagged = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin)
        for field in model._meta.get_fields()
        if type(field).__name__ in ("TaggableManager", "ClusterTaggableManager")
    ]
    assert tagged == []


def test_no_translatable_field_is_unique_alone():
    """#484: the second language could not be saved. Unique together with the locale is right."""
    unique = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin) and model is not Badge  # which shows what happens then
        for field in model._meta.local_concrete_fields
        if field.unique and not field.primary_key
    ]
    assert unique == ["Page.path"]  # the tree's own


def test_a_row_has_one_version_a_language(hall):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hall.objects.create(name="Toinen", locale=hall.locale, translation_key=hall.translation_key)


def test_upstream_leaves_a_converted_alias_live(talk, locales, settings, django_capture_on_commit_callbacks):
    """#743; our new translations are drafts, and no alias is made for visitors."""
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(talk.get_parent().specific, [locales["sv"]])
        alias = talk.copy_for_translation(locales["sv"], alias=True)
        Page.objects.filter(pk=alias.pk).update(live=True)
        translate_object(talk, [locales["sv"]])
    converted = TalkPage.objects.get(pk=alias.pk)
    assert (converted.alias_of_id, converted.live) == (None, True)
