from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from verkosto.core.jobs.models import AbstractJob


class BulkSubmission(AbstractJob):
    """A background job that submits many pages for translation, page by page."""

    locales = models.ManyToManyField(Locale, related_name="+")

    class Meta(AbstractJob.Meta):
        verbose_name = _("bulk submission")
        verbose_name_plural = _("bulk submissions")


class BulkSubmissionItem(models.Model):
    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SUBMITTED = "submitted", _("Submitted")
        SKIPPED = "skipped", _("Skipped: already has translations")
        FAILED = "failed", _("Failed")

    submission = models.ForeignKey(BulkSubmission, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("submitted page")
        verbose_name_plural = _("submitted pages")
        constraints = [models.UniqueConstraint(fields=["submission", "page"], name="a_page_once_a_submission")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.outcome}"
