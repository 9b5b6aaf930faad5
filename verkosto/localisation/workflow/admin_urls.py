"""The URLs of the admin views in which a language version is edited or submitted."""

from __future__ import annotations

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import TranslatableMixin

from verkosto.localisation.models import TranslationState
from verkosto.localisation.upstream import snippet_edit_url_name


def edit_url(state: TranslationState) -> str | None:
    """Return the URL of a version's editor; None if the version does not exist or has no editor."""
    if not state.object_pk:
        return None
    if state.is_page:
        return reverse("wagtailadmin_pages:edit", args=[state.object_pk])
    name = snippet_edit_url_name(state.content_type_id)
    return reverse(name, args=[quote(state.object_pk)]) if name else None


def with_edit_urls(states: list[TranslationState]) -> list[TranslationState]:
    """Return the states, each with `edit_url` for templates."""
    for state in states:
        state.edit_url = edit_url(state)  # type: ignore[attr-defined]  # for templates
    return states


def version_of(state: TranslationState) -> TranslatableMixin | None:
    """Return the page or snippet of a state; None if it does not exist in the language."""
    if not state.object_pk:
        return None
    model = ContentType.objects.get_for_id(state.content_type_id).model_class()
    return model._default_manager.filter(pk=state.object_pk).first() if model else None


def submit_url(original: TranslationState, language_code: str) -> str:
    """Return the URL of wagtail-localize's form for submitting an original, with a language selected."""
    if original.is_page:
        url = reverse("wagtail_localize:submit_page_translation", args=[original.object_pk])
    else:
        content_type = ContentType.objects.get_for_id(original.content_type_id)
        url = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[content_type.app_label, content_type.model, quote(original.object_pk)],
        )
    return f"{url}?select_locale={language_code}"
