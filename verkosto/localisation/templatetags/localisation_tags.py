from __future__ import annotations

from django import template
from django.template import Context
from wagtail.models import TranslatableMixin

from verkosto.localisation.admin.version_links import versions_for_editor
from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.newer_original import newer_original

register = template.Library()


@register.simple_tag(takes_context=True)
def version_states(context: Context, instance: TranslatableMixin) -> list[TranslationState]:
    """Return the state of every language of a page or snippet, with a link where the user may edit."""
    if not getattr(instance, "pk", None) or not hasattr(instance, "translation_key"):
        return []
    states = versions_for_editor(instance, context["request"].user)
    for state in states:
        if state.locale_id == instance.locale_id:
            state.edit_url = None  # type: ignore[attr-defined]  # for the template
    return states


register.simple_tag(newer_original)
