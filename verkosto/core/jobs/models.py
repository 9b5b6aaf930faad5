"""The abstract model of a background job, for every app with long work to do."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["AbstractJob"]):
    """Jobs of one model."""

    def unfinished(self) -> Self:
        """Return the jobs that wait, run, or failed."""
        return self.exclude(state=AbstractJob.State.DONE)


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
    # When a run last stored its progress. After a while without it, the job counts as interrupted.
    heartbeat_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    # The values that fields are set to when the job is done, to remove texts that are no longer needed.
    cleared_when_done: ClassVar[dict[str, object]] = {}

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """How much of the job is done, from 0 to 100."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        """Whether the job has ended: it is done, or it failed."""
        return self.state in (self.State.DONE, self.State.FAILED)
