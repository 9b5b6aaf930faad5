"""Which fields and blocks wagtail-localize reads, and how: pinned, so that we notice when upstream moves.

Every finding about wagtail-localize 1.14.5 on Wagtail 8.0.1, and the test that holds it:

========================================================  ===========================================================
Publishing the source propagates nothing (1)               test_projection, test_states
A saved draft overwrites the live row (2)                  test_findings_upstream.test_finding_2…
Permission holes (3)                                       test_findings_permissions, test_findings_actions
numchild=0 below nested targets (4, #773)                  test_bulk.test_finding_4…
Keys to untranslated or cleared snippets (5, #648, #744)   test_findings_upstream.test_finding_5…, test_projection
Text fields without choices are words                      here
Both bases of a child's Meta                               test_findings_upstream.test_the_child_keeps_its_order…
Children's keys and block ids are stable                   test_findings_upstream.test_children…, …test_block_ids…
A child without the mixin gets a new pk                    here; test_projection.test_children_without_words…
Many-to-many is not in the generated list (#820)           test_findings_upstream.test_many_to_many…
taggit's names stay in one language                        here
Sub-fields of a StructBlock cannot be excluded (#307)      here
TableBlock and raw HTML are not extracted (#302)           here
unique=True breaks the sync (#484)                         here
Rows older than the mixin (#737)                           here
An alias stays live after conversion (#743)                here
Two sources for one target (#878)                          here; test_findings_permissions.test_a_translation_is_not…
Restarting overwrote manual edits (#876)                   test_findings_upstream.test_restarting…
PO: fuzzy is final, no header is 500, one a page (#627)    test_findings_exchange, test_exchange
Schedule, expiry, move, delete do not propagate (#469)     test_lifecycle
No workflow (#676)                                         test_approval
Nobody is told                                             test_notices
Timestamps mislead                                         test_states.test_a_republish_without_changes…
Bulk in one request, in one transaction                    test_bulk
Public traps, sitemap, hreflang                            test_findings_public
========================================================  ===========================================================
"""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from directory.models import Topic
from localisation.originals import is_original
from tests.localisation.testapp.models import Hall, TalkPage


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
        if issubclass(model, TranslatableMixin)
        for field in model._meta.local_concrete_fields
        if field.unique and not field.primary_key
    ]
    assert unique == ["Page.path"]  # the tree's own


def test_a_row_has_one_version_a_language(hall):
    """#737: rows older than the mixin have one key in common; the pair of key and locale is unique in the database."""
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


def test_a_target_never_has_two_sources(talk, swedish, locales, django_capture_on_commit_callbacks):
    """#878: upstream lets both be made, and the editor then answers 500; a version that is no original is refused."""
    assert [is_original(page) for page in (talk, swedish)] == [True, False]
    with django_capture_on_commit_callbacks(execute=True):
        source, _created = TranslationSource.get_or_create_from_instance(swedish)
        Translation.objects.create(source=source, target_locale=locales["en"])
        translate_object(talk, [locales["en"]])
    doubled = Translation.objects.filter(source__object_id=talk.translation_key, target_locale=locales["en"])
    assert doubled.count() == 2
