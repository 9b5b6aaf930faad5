"""The live rows and open revisions of translations, which a synchronisation writes."""

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
    """Mark the saves inside the context as part of a synchronisation, so that they do not start another."""
    token = _syncing.set(True)
    try:
        yield
    finally:
        _syncing.reset(token)


def is_syncing() -> bool:
    """Return whether the running save is part of a synchronisation."""
    return _syncing.get()


def has_live_facts(instance: TranslatableMixin) -> bool:
    """Return whether the instance's row is public: it is live, or its model has no drafts."""
    return not isinstance(instance, DraftStateMixin) or instance.live


def save_row(instance: models.Model) -> None:
    """Save without validation: facts have to be right even in a translation that is not complete and not valid."""
    with syncing():
        if isinstance(instance, Page):
            instance.save(clean=False)
        else:
            instance.save()


def open_revisions(instance: TranslatableMixin) -> list[Revision]:
    """Return the revisions that editors may still open or that may go live: the latest, moderated and scheduled ones."""
    if not isinstance(instance, RevisionMixin):
        return []
    moderated = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    wanted = Q(pk=instance.latest_revision_id) | Q(approved_go_live_at__isnull=False) | Q(task_states__in=moderated)
    return list(instance.revisions.filter(wanted).distinct().order_by("pk"))
