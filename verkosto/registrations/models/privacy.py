from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Tombstone(models.Model):
    """That a registration was erased: its reference and nothing of the person. Erasures are re-applied after a restore."""

    reference = models.CharField(max_length=16, unique=True)
    erased_at = models.DateTimeField(default=timezone.now)
    # An ``ErasureCause``.
    cause = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["erased_at"]

    def __str__(self) -> str:
        return self.reference


class NoticeSnapshot(models.Model):
    """The text of a privacy notice as visitors were shown it; no person. Written once, never changed."""

    digest = models.CharField(max_length=64, unique=True)
    text = models.JSONField()
    first_shown_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("shown privacy notice")
        verbose_name_plural = _("shown privacy notices")

    def __str__(self) -> str:
        return f"{self.text.get('title', '')} ({self.text.get('version', '')})"


class PurgeRun(models.Model):
    """What one run of the retention erased, in numbers."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("erasure run")
        verbose_name_plural = _("erasure runs")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
