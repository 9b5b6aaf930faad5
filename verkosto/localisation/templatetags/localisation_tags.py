from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import WorkflowMixin
from wagtail_localize.models import Translation

from verkosto.localisation.admin.links import with_work_urls
from verkosto.localisation.admin.panels import states_of
from verkosto.localisation.admin.strings_to_translate import misused_terms, waiting_strings
from verkosto.localisation.models import TranslationState
from verkosto.localisation.newer_original import newer_original
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.permissions.guard_views import may_publish
from verkosto.localisation.permissions.locales import locale_ids_for, may_submit
from verkosto.localisation.related_content import beside
from verkosto.localisation.states.related import related_states
from verkosto.localisation.workflow import approval

register = template.Library()


@register.inclusion_tag("verkosto_localisation/editor/work.html", takes_context=True)
def translation_work(context: dict[str, Any], translation: Translation, instance: Any) -> dict[str, Any]:
    """The part of the string editor that is ours: state, what waits, and the way to the live page."""
    request = context["request"]
    state = TranslationState.objects.filter(
        translation_key=instance.translation_key, locale_id=instance.locale_id
    ).first()
    has_workflow = isinstance(instance, WorkflowMixin) and instance.get_workflow() is not None
    frozen = approval.frozen(instance, request.user)
    original = translation.source.get_source_instance()
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "translation": translation,
        "instance": instance,
        "state": state,
        "in_moderation": approval.in_moderation(instance),
        "frozen": frozen,
        "decisions": approval.decisions(instance, request.user),
        "waiting": [] if frozen else waiting_strings(translation, limit=30),
        "misused": misused_terms(translation),
        "can_publish": may_publish(request.user, instance),
        "can_submit": has_workflow,
        "leads": may_submit(request.user),
        "detached": local_overrides.detachments(instance),
        "original": original,
        "is_mine": bool(state and state.assigned_to_id == request.user.pk),
        "beside": beside(original, instance),
        "related": with_work_urls(related_states(translation.source, instance.locale_id)),
    }


@register.simple_tag(takes_context=True)
def version_states(context: dict[str, Any], instance: Any) -> list[TranslationState]:
    """How far every language of a page or snippet is; with a link where the user may work."""
    if not getattr(instance, "pk", None) or not hasattr(instance, "translation_key"):
        return []
    own = locale_ids_for(context["request"].user)
    states = with_work_urls(states_of(instance.translation_key))
    for state in states:
        if state.locale_id not in own or state.locale_id == instance.locale_id:
            state.work_url = None  # type: ignore[attr-defined]
    return states


register.simple_tag(newer_original)
