"""Writing into translations: their live rows, and the revisions that may still go live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.db.models import Q
from wagtail.models import DraftStateMixin, Page, Revision, RevisionMixin, TaskState, TranslatableMixin, WorkflowState

_syncing: ContextVar[bool] = ContextVar("verkosto_localisation_syncing", default=False)


@contextmanager
def syncing() -> Iterator[None]:
    """Save rows inside without synchronising them in turn."""
    token = _syncing.set(True)
    try:
        yield
    finally:
        _syncing.reset(token)


def is_syncing() -> bool:
    """Return whether the running save is part of a synchronisation."""
    return _syncing.get()


def has_live_facts(instance: TranslatableMixin) -> bool:
    """Return whether the public sees the instance's row."""
    return not isinstance(instance, DraftStateMixin) or instance.live


def save_row(instance: models.Model) -> None:
    """Save without validation: a fact is true even if the translation around it is not complete."""
    with syncing():
        if isinstance(instance, Page):
            instance.save(clean=False)
        else:
            instance.save()


def open_revisions(instance: TranslatableMixin) -> list[Revision]:
    """Return the revisions that an editor opens next, or that may still go live: latest, in moderation, scheduled."""
    if not isinstance(instance, RevisionMixin):
        return []
    moderated = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    wanted = Q(pk=instance.latest_revision_id) | Q(approved_go_live_at__isnull=False) | Q(task_states__in=moderated)
    return list(instance.revisions.filter(wanted).distinct().order_by("pk"))
