from __future__ import annotations

from django import template
from django.template import Context
from wagtail.models import TranslatableMixin, WorkflowMixin
from wagtail_localize.models import Translation

from verkosto.localisation.admin.open_strings import glossary_mismatches, open_strings
from verkosto.localisation.admin.version_links import linked_where_editable, versions_for_editor
from verkosto.localisation.models import TranslationState
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.permissions.access import may_publish, may_submit
from verkosto.localisation.states.newer_original import newer_original
from verkosto.localisation.states.related_snippets import related_states
from verkosto.localisation.workflow import approval
from verkosto.localisation.workflow.related_translations import related_translations

register = template.Library()


@register.inclusion_tag("verkosto_localisation/editor/translation.html", takes_context=True)
def translation_editor(context: Context, translation: Translation, instance: TranslatableMixin) -> dict[str, object]:
    """Our part of the string editor: state, open strings, and the buttons to approve or publish."""
    request = context["request"]
    state = TranslationState.objects.filter(
        translation_key=instance.translation_key, locale_id=instance.locale_id
    ).first()
    has_workflow = isinstance(instance, WorkflowMixin) and instance.get_workflow() is not None
    is_read_only = approval.is_read_only(instance, request.user)
    original = translation.source.get_source_instance()
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "translation": translation,
        "instance": instance,
        "state": state,
        "in_moderation": approval.in_moderation(instance),
        "is_read_only": is_read_only,
        "decisions": approval.decisions(instance, request.user),
        "strings": [] if is_read_only else open_strings(translation, request.user, limit=30),
        "mismatches": glossary_mismatches(translation),
        "can_publish": may_publish(request.user, instance),
        "can_submit": has_workflow,
        "leads": may_submit(request.user),
        "overrides": local_overrides.overrides_of(instance),
        "original": original,
        "is_mine": bool(state and state.assigned_to_id == request.user.pk),
        "related_translations": related_translations(original, instance),
        "related_snippets": linked_where_editable(
            related_states(translation.source, instance.locale_id), request.user
        ),
    }


@register.simple_tag(takes_context=True)
def version_states(context: Context, instance: TranslatableMixin) -> list[TranslationState]:
    """Return the state of every language of a page or snippet, with a link where the user may edit."""
    if not getattr(instance, "pk", None) or not hasattr(instance, "translation_key"):
        return []
    states = versions_for_editor(instance, context["request"].user)
    for state in states:
        if state.locale_id == instance.locale_id:
            state.edit_url = None  # type: ignore[attr-defined]
    return states


register.simple_tag(newer_original)
