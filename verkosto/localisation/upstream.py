"""All uses of wagtail-localize and Wagtail beyond their documented API.

`tests/verkosto/localisation/test_upstream.py` has a test for each function, which fails when their code changes.
Tested with wagtail-localize 1.14 and Wagtail 8.0.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.panels import Panel
from wagtail.blocks import StreamValue
from wagtail.contrib.redirects import signal_handlers as redirect_handlers
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail.signals import page_slug_changed
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import TranslationSource
from wagtail_localize.models import get_edit_url as localize_edit_url
from wagtail_localize.segments import RelatedObjectSegmentValue, StringSegmentValue, ingest
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor, extract_segments
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import StringValue, validate_translation_links

from verkosto.core.users import AnyUser, SignedInUser

autocreate_redirects = redirect_handlers.autocreate_redirects_on_slug_change


def replace_redirect_receiver(receiver: Callable[..., None]) -> None:
    """Replace Wagtail's receiver of `page_slug_changed` by ours, in any order of INSTALLED_APPS."""
    if page_slug_changed.disconnect(autocreate_redirects):
        page_slug_changed.connect(receiver)
    else:
        # Wagtail's app is not ready yet. It will connect the function that it finds in its module.
        redirect_handlers.autocreate_redirects_on_slug_change = receiver


def remove_hook(name: str, function: Callable[..., object]) -> bool:
    """Remove a function that another app has registered for a hook of Wagtail. Return whether it was registered."""
    registered = hooks._hooks.get(name, [])
    kept = [(callback, order) for callback, order in registered if callback is not function]
    hooks._hooks[name] = kept
    return len(kept) < len(registered)


def string_segments(instance: TranslatableMixin) -> list[tuple[str, str]]:
    """Return the content paths and texts of an instance's translatable strings, in their order."""
    segments = extract_segments(instance)
    return [(segment.path, segment.string.data) for segment in segments if isinstance(segment, StringSegmentValue)]


def with_related_objects_in(
    field: StreamField,
    raw: list[dict[str, object]],
    locale: Locale,
    has_counterpart: Callable[[type[models.Model], UUID], bool],
) -> StreamValue:
    """Return a stream value with its translatable objects replaced by those of the locale.

    `has_counterpart(model, translation_key)` says which objects exist there; the others stay as they are.
    """
    value = StreamValue(field.stream_block, raw, is_lazy=True)  # a fresh value: the writer changes it in place
    segments = [
        segment
        for segment in StreamFieldSegmentExtractor(field).handle_stream_block(value)
        if isinstance(segment, RelatedObjectSegmentValue)
        and has_counterpart(segment.content_type.model_class(), segment.translation_key)
    ]
    StreamFieldSegmentsWriter(field, None, locale).handle_stream_block(value, segments)
    return value


def raw_stream(field: StreamField, value: object) -> list[dict[str, object]]:
    """Return a stream value as the JSON that the database stores."""
    return json.loads(json.dumps(field.stream_block.get_prep_value(value), cls=DjangoJSONEncoder))


def unsaved_translation(source: TranslationSource, locale: Locale) -> TranslatableMixin:
    """Return the unsaved instance that wagtail-localize would save for a locale. Untranslated strings stay as they are."""
    return source.get_ephemeral_translated_instance(locale, fallback=True)


def keep_live_rows_from_drafts(save_draft: Callable[[TranslatableMixin, SignedInUser | None], None]) -> None:
    """Make `TranslationSource.create_or_update_translation(publish=False)` save a draft of a version that is live.

    Without this, wagtail-localize changes the live row, whether a view, a command or a plugin calls it.
    `save_draft(unsaved, user)` gets the version with its translations.
    """
    original = TranslationSource.create_or_update_translation

    def create_or_update_translation(
        self: TranslationSource, locale: Locale, user: SignedInUser | None = None, publish: bool = True, **kwargs: Any
    ) -> tuple[TranslatableMixin, bool]:
        model = self.specific_content_type.model_class()
        if not publish and issubclass(model, DraftStateMixin):
            live = model._default_manager.filter(translation_key=self.object_id, locale=locale, live=True)
            if issubclass(model, Page):
                live = live.filter(alias_of__isnull=True)  # an alias has no drafts, and becomes a page of its own
            if live.exists():
                save_draft(unsaved_translation(self, locale), user)
                return live.get(), False
        return original(self, locale, user=user, publish=publish, **kwargs)

    TranslationSource.create_or_update_translation = create_or_update_translation


def restore_rich_text_with(restore: Callable[..., str]) -> None:
    """Make `restore(original, template, strings)` put rich texts together; `original(template, strings)` is theirs."""
    ingest.restore_strings = partial(restore, ingest.restore_strings)


def surround_refresh(context: Callable[[TranslationSource], AbstractContextManager[None]]) -> None:
    """Update the strings of a source within a context, whoever updates them."""
    original = TranslationSource.refresh_segments

    def refresh_segments(self: TranslationSource) -> None:
        with context(self):
            original(self)

    TranslationSource.refresh_segments = refresh_segments


def check_markup(source: str, translation: str) -> None:
    """Raise ValueError if wagtail-localize could not replace the source's text by the translation."""
    StringValue.from_translated_html(translation)
    validate_translation_links(source, translation)


def edit_url(instance: TranslatableMixin) -> str:
    """Return the URL of a page's or snippet's editor in the admin."""
    return localize_edit_url(instance)


@cache
def snippet_edit_url_name(content_type_id: int) -> str | None:
    """Return the URL name of the editor of a snippet model; None for a model without one."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    viewset = getattr(model, "snippet_viewset", None)
    return viewset.get_url_name("edit") if viewset else None


@cache
def snippet_model(namespace: str) -> type[TranslatableMixin] | None:
    """Return the translatable snippet model whose admin views have the URL namespace; None for another namespace."""
    for model in get_snippet_models():
        if f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}" == namespace:
            return model if issubclass(model, TranslatableMixin) else None
    return None


def is_locked_for(page: Page, user: AnyUser) -> bool:
    """Return whether the page is locked by somebody else, or by its workflow."""
    return bool(page.permissions_for_user(user).page_locked())


def moderation_actions(page: Page, user: AnyUser) -> list[tuple[str, str | Promise, str]]:
    """Return (name, label, pk of the task state) of the actions that the user may take on a page in moderation."""
    task_state = page.current_workflow_task_state
    return [(name, label, task_state.pk) for name, label, _ in task_state.task.specific.get_actions(page, user)]


def find_panel(panel: Panel, field_name: str) -> Panel | None:
    """Return the panel of a field or relation within a tree of panels; None when there is none."""
    if field_name in (getattr(panel, "field_name", None), getattr(panel, "relation_name", None)):
        return panel
    found = (find_panel(child, field_name) for child in getattr(panel, "children", ()))
    return next((panel for panel in found if panel), None)
