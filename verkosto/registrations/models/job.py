from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.core.jobs.models import AbstractJob
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.registration import Registration


class Job(AbstractJob):
    """Long work with a desk's registrations, started by staff."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    # What the mails say, such as the reason of a cancellation. Deleted when the job is done.
    text = models.TextField(blank=True)

    cleared_when_done: ClassVar[dict[str, Any]] = {"text": ""}

    class Meta(AbstractJob.Meta):
        verbose_name = _("background task")
        verbose_name_plural = _("background tasks")


class JobRefusal(models.Model):
    """A registration that a job left as it was, and why."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="refusals")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    # The class name of the exception.
    code = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("registration skipped by a background task")
        verbose_name_plural = _("registrations skipped by background tasks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code
