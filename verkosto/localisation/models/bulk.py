from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class BulkSubmission(models.Model):
    """Many pages submitted for translation at once, page by page, by a job that can stop and go on."""

    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    locales = models.ManyToManyField(Locale, related_name="+")

    class Meta:
        verbose_name = _("bulk submission")
        verbose_name_plural = _("bulk submissions")

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def total(self) -> int:
        return self.items.count()

    @property
    def done(self) -> int:
        return self.items.exclude(outcome=BulkItem.Outcome.WAITING).count()


class BulkItem(models.Model):
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
