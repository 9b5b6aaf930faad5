"""Translate nodes with wagtail-localize's models, as a translator does in the admin."""

import json
from typing import Any

from django.db import models
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from cms.demo.declarations import LANGUAGES, Node, Text
from cms.demo.loader.build import assign, publish
from cms.demo.loader.field_values import FieldValues
from cms.demo.loader.nodes import Nodes


def translate(nodes: Nodes, node: Node, original: models.Model, values: FieldValues) -> None:
    """Create the node's translations, as complete as declared."""
    source, _ = TranslationSource.update_or_create_from_instance(original)
    for language in LANGUAGES:
        if language == node.original or language in node.missing:
            continue
        _translate_into(nodes, node, source, values, language)


def _translate_into(nodes: Nodes, node: Node, source: TranslationSource, values: FieldValues, language: str) -> None:
    locale = nodes.locales[language]
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = list(source.stringsegment_set.select_related("string", "context").order_by("order"))
    share = node.unfinished.get(language, 1.0)  # type: ignore[call-overload]  # a code is one of three
    done = {
        (segment.string_id, segment.context_id): segment.string.data
        for segment in segments[: round(len(segments) * share)]
    }
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=string_id,
                context_id=context_id,
                locale=locale,
                data=values.pairs.get(text, {}).get(language, text),
            )
            for (string_id, context_id), text in done.items()
        ],
        ignore_conflicts=True,
    )
    _override(source, node, locale, language)
    is_page = issubclass(nodes.model(node.key), Page)
    translation.save_target(publish=not is_page)
    if is_page and share == 1.0:
        nodes.page(node.key, language).get_latest_revision().publish()


def _override(source: TranslationSource, node: Node, locale: models.Model, language: str) -> None:
    """Override synchronised fields that have a text in each language, such as a role used as a name."""
    for segment in source.overridablesegment_set.select_related("context"):
        declared: Any = node.fields.get(segment.context.path)
        if isinstance(declared, Text):
            SegmentOverride.objects.get_or_create(
                locale=locale,
                context=segment.context,
                defaults={"data_json": json.dumps(declared[language])},
            )


def change_later(nodes: Nodes, node: Node) -> None:
    """Change the original after its translations were published, so that they become outdated."""
    page = nodes.page(node.key, node.original)
    assign(page, node.later, FieldValues(nodes, node.key, node.original))
    publish(page)
    TranslationSource.objects.get_for_instance(page).update_from_db()
