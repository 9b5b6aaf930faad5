"""The snippets that belong to a page (directory entries, notices, settings) and are translated separately."""

from __future__ import annotations

from uuid import UUID

from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment, TranslationSource

from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.language_versions import translatable_snippet_models


def related_keys(source: TranslationSource) -> set[UUID]:
    """Return the translation keys of the snippets to which the source, its inline children and blocks refer."""
    keys = set(RelatedObjectSegment.objects.filter(source=source).values_list("object_id", flat=True))
    original = source.get_source_instance()
    if isinstance(original, Page) and original.is_site_root():
        keys.update(_singletons())
    return keys


def related_states(source: TranslationSource, locale_id: int) -> list[TranslationState]:
    """Return the states of a source's related snippets in a language, open ones first."""
    keys = related_keys(source)
    states = TranslationState.objects.filter(translation_key__in=keys, locale=locale_id, is_page=False)
    states = states.exclude(state=TranslationState.State.ORIGINAL).select_related("content_type")
    return sorted(states, key=lambda state: (state.state not in TranslationState.OPEN, state.title))


def _singletons() -> list[UUID]:
    """Return the keys of snippets that exist once in each language, such as settings: they belong to the home page."""
    keys = []
    for model in translatable_snippet_models():
        # Such a model has a unique constraint on its locale alone.
        locale_alone = {("locale",), ("locale_id",)}
        if any(tuple(getattr(constraint, "fields", ())) in locale_alone for constraint in model._meta.constraints):
            keys += model._default_manager.values_list("translation_key", flat=True)
    return keys
