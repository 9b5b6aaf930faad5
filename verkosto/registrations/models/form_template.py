from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.questions.fields import QuestionsField


class FormTemplate(models.Model):
    """Questions to start a new form from."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    description = models.TextField(_("description"), blank=True)
    questions = QuestionsField(blank=True, verbose_name=_("questions"))

    panels = ["name", "description", "questions"]

    class Meta:
        verbose_name = _("form template")
        verbose_name_plural = _("form templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tombstone(models.Model):
    """That a registration was erased: its reference and nothing of the person. Re-applied after a restore."""

    reference = models.CharField(max_length=16, unique=True)
    erased_at = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["erased_at"]

    def __str__(self) -> str:
        return self.reference


class ShownNotice(models.Model):
    """The words of a privacy notice as visitors were shown them; no person. Written once, never changed."""

    digest = models.CharField(max_length=64, unique=True)
    words = models.JSONField()
    first_shown_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("shown privacy notice")
        verbose_name_plural = _("shown privacy notices")

    def __str__(self) -> str:
        return f"{self.words.get('title', '')} ({self.words.get('version', '')})"


class SpentProof(models.Model):
    """A proof of work that has been used, until its challenge expires."""

    nonce = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("spent proof of work")
        verbose_name_plural = _("spent proofs of work")

    def __str__(self) -> str:
        return self.nonce


class PurgeRun(models.Model):
    """What one purge did, in numbers."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("erasure run")
        verbose_name_plural = _("erasure runs")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
