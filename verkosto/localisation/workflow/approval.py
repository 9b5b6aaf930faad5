"""The approval of translations in Wagtail's workflows, and the check that a translation is finished."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TranslatableMixin, WorkflowMixin, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.users import AnyUser, SignedInUser
from verkosto.localisation.permissions.access import in_moderation
from verkosto.localisation.sync.cascades import go_live_with_original
from verkosto.localisation.sync.drafts import save_draft
from verkosto.localisation.upstream import moderation_actions, unsaved_translation


class Unfinished(Exception):
    """The version cannot be published yet. `strings` are the original's strings that are to be translated or reviewed."""

    message = gettext_lazy("Some texts are not translated.")

    def __init__(self, strings: list[str]) -> None:
        super().__init__(str(self.message))
        self.strings = strings


class MissingStrings(Unfinished):
    """Some strings have no translation: the version would show text in another language."""


class UnreviewedStrings(Unfinished):
    """Some translations are from a machine or the translation memory, and no person has reviewed them."""

    message = gettext_lazy("Some translations have not been reviewed.")


class NoWorkflow(Exception):
    """No workflow is set for this part of the site."""


def missing_strings(translation: Translation) -> list[str]:
    """Return the source's strings that have no valid translation, in their order."""
    segments = StringSegment.objects.filter(source_id=translation.source_id).annotate_translation(
        translation.target_locale_id
    )
    return list(segments.filter(translation__isnull=True).order_by("order").values_list("string__data", flat=True))


def unreviewed_strings(translation: Translation) -> list[str]:
    """Return the source's strings whose translation is from a machine or the memory and not reviewed, in their order."""
    by_machine = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    segments = StringSegment.objects.filter(Exists(by_machine), source_id=translation.source_id)
    return list(segments.order_by("order").values_list("string__data", flat=True))


def check_finished(translation: Translation) -> None:
    """Raise MissingStrings or UnreviewedStrings unless the translation can be published."""
    if missing := missing_strings(translation):
        raise MissingStrings(missing)
    if unreviewed := unreviewed_strings(translation):
        raise UnreviewedStrings(unreviewed)


def is_finished(translation: Translation) -> bool:
    """Return whether the translation can be published."""
    return not missing_strings(translation) and not unreviewed_strings(translation)


@transaction.atomic
def submit_for_approval(*, translation: Translation, by: SignedInUser) -> None:
    """Make a draft of the strings and start the workflow; the live row stays as it is until somebody approves.

    Raises Unfinished, NoWorkflow, or ValidationError when it is already in moderation.
    """
    check_finished(translation)
    target = translation.get_target_instance()
    if in_moderation(target):
        raise ValidationError(_("The translation is already in moderation."))
    workflow = target.get_workflow() if isinstance(target, WorkflowMixin) else None
    if workflow is None:
        raise NoWorkflow(_("This page has no workflow. Ask someone with permission to publish."))
    go_live_with_original(target)
    save_draft(unsaved_translation(translation.source, translation.target_locale), by)
    target.refresh_from_db()
    stopped = target.current_workflow_state
    if stopped and stopped.status == WorkflowState.STATUS_NEEDS_CHANGES:
        stopped.resume(by)  # a page has one workflow at a time, and this one waits for changes
    else:
        workflow.start(target, by)


@dataclass(frozen=True)
class Decision:
    """A decision that a moderator may take: a button that posts to Wagtail's own view."""

    label: str | Promise
    url: str
    is_approval: bool


def decisions(instance: TranslatableMixin, user: AnyUser) -> list[Decision]:
    """Return the decisions that a user may take on a page in moderation, approval first."""
    if not isinstance(instance, Page) or not in_moderation(instance):
        return []
    found: dict[str, Decision] = {}
    for name, label, task_state_pk in moderation_actions(instance, user):
        url = reverse("wagtailadmin_pages:workflow_action", args=[instance.pk, name, task_state_pk])
        found.setdefault(name, Decision(label, url, name == "approve"))
    return sorted(found.values(), key=lambda decision: not decision.is_approval)
