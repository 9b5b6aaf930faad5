from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import JobQuerySet
from verkosto.registrations.models.registration import Registration


class Job(models.Model):
    """A long piece of staff work done by the worker, with its progress."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    kind = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    parameters = models.JSONField(default=dict, blank=True)
    # What the work says to people, such as the reason of a cancellation; gone when it is done.
    words = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The last sign of life: a run that gives none for a while is taken to be dead.
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background task")
        verbose_name_plural = _("background tasks")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class JobRefusal(models.Model):
    """A registration that a job left as it was, and why."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="refusals")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    # The name of the exception.
    code = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("registration skipped by a background task")
        verbose_name_plural = _("registrations skipped by background tasks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code
