from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Exists
from wagtail.models import Page, WorkflowMixin
from wagtail_localize.models import Translation

from .. import approval, divergence
from ..access import may_submit
from ..guard import may_publish
from ..models import Original, TranslationState
from ..todo import misused_terms, waiting_strings

register = template.Library()


@register.inclusion_tag("localisation/editor/work.html", takes_context=True)
def translation_work(context: dict[str, Any], translation: Translation, instance: Any) -> dict[str, Any]:
    """The part of the string editor that is ours: state, what waits, and the way to the live page."""
    request = context["request"]
    state = TranslationState.objects.filter(
        translation_key=instance.translation_key, locale_id=instance.locale_id
    ).first()
    has_workflow = isinstance(instance, WorkflowMixin) and instance.get_workflow() is not None
    frozen = approval.frozen(instance, request.user)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "translation": translation,
        "instance": instance,
        "state": state,
        "in_moderation": approval.in_moderation(instance),
        "frozen": frozen,
        "waiting": [] if frozen else waiting_strings(translation, limit=30),
        "misused": misused_terms(translation),
        "can_publish": may_publish(request.user, instance),
        "can_submit": has_workflow,
        "leads": may_submit(request.user),
        "detached": divergence.detachments(instance),
        "original": translation.source.get_source_instance(),
    }


@register.simple_tag
def newer_original(page: Page) -> Page | None:
    """The live original of an outdated translation, for the reader of a public page; None when the words are current.

    One query.
    """
    outdated = TranslationState.objects.filter(
        translation_key=page.translation_key, locale=page.locale_id, state=TranslationState.State.OUTDATED
    )
    original = Original.objects.filter(pk=page.translation_key).values("locale")
    versions = Page.objects.live().filter(translation_key=page.translation_key, locale__in=original)
    return versions.filter(Exists(outdated)).exclude(pk=page.pk).select_related("locale").first()
