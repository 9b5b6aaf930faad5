"""The log of the scheduled work."""

from typing import Self

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ScheduledRunQuerySet(models.QuerySet["ScheduledRun"]):
    """Runs of the steps of the scheduled work."""

    def latest_of_each(self) -> Self:
        """Return the last run of each step."""
        return self.filter(pk__in=ScheduledRun.objects.values("name").annotate(last=Max("pk")).values("last"))

    def begin(self, name: str) -> "ScheduledRun":
        """Return the row of a run that begins now. If the run before did nothing, its row is used again."""
        last = self.filter(name=name).order_by("-pk").first()
        run = last if last and last.state == ScheduledRun.State.DONE and not last.done else ScheduledRun(name=name)
        run.started_at, run.ended_at, run.state = timezone.now(), None, ScheduledRun.State.RUNNING
        run.save()
        return run


class ScheduledRun(models.Model):
    """One run of a step: when, how it ended, and how much it did. Runs in a row that did nothing share one row."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        INTERRUPTED = "interrupted", pgettext_lazy("scheduled work", "Interrupted")

    name = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    # The class of the exception: its text may hold personal data.
    error = models.CharField(max_length=100, blank=True)

    objects = ScheduledRunQuerySet.as_manager()

    class Meta:
        app_label = "verkosto_core"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["name", "-id"], name="verkosto_core_scheduled")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def has_failed(self) -> bool:
        """Whether the run ended without doing all that was due."""
        return self.state in (self.State.FAILED, self.State.INTERRUPTED)

    def end(self, *, done: int = 0, error: Exception | None = None) -> None:
        """Store how the run ended."""
        self.ended_at, self.done = timezone.now(), done
        self.state = self.State.FAILED if error else self.State.DONE
        self.error = type(error).__name__[:100] if error else ""
        self.save()
