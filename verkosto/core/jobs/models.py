"""The fields of a background job, for the models of every app that has long work to do."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["AbstractJob"]):
    """Jobs of one model."""

    def unfinished(self) -> Self:
        """Return the jobs that wait, run, or stopped before they were done."""
        return self.exclude(state="done")


class AbstractJob(models.Model):
    """Long work that a background task does in portions, with its progress.

    ``kind`` is a name of ``registry.job_kinds()``. ``parameters`` are keys and codes, never personal data: they stay
    in the row after the work is done.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # When a run last wrote its progress: a run that has not for a while is taken to be dead.
    heartbeat_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    # Fields that are set to these values when the job is done, such as texts that are then no longer needed.
    cleared_when_done: ClassVar[dict[str, object]] = {}

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """Return how much of the job is done, from 0 to 100."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        """Return whether the job runs no further by itself: it is done, or it failed."""
        return self.state in (self.State.DONE, self.State.FAILED)
