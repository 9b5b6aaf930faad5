from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.core.model_fields import EmailAddressField

if TYPE_CHECKING:
    from datetime import datetime

#: Days in which feedback has to be answered (Act on the Provision of Digital Services, 306/2019, section 10).
ANSWER_DAYS = 14


def default_due_day() -> date:
    """Return the day by which feedback that arrives now has to be answered."""
    return timezone.localdate() + timedelta(days=ANSWER_DAYS)


class AccessibilityFeedbackQuerySet(models.QuerySet["AccessibilityFeedback"]):
    def open(self) -> AccessibilityFeedbackQuerySet:
        """Return what has been neither answered nor closed."""
        return self.filter(status=AccessibilityFeedback.Status.OPEN)

    def overdue(self) -> AccessibilityFeedbackQuerySet:
        """Return what should have been answered by yesterday."""
        return self.open().filter(due_on__lt=timezone.localdate())

    def ended_before(self, moment: datetime) -> AccessibilityFeedbackQuerySet:
        """Return what was answered or closed by a moment."""
        return self.exclude(status=AccessibilityFeedback.Status.OPEN).filter(ended_at__lte=moment)


class AccessibilityFeedback(models.Model):
    """What a visitor says about the accessibility of the site. The law gives 14 days for the answer."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("Something is not accessible to me")
        FORMAT = "format", _("I need content in an accessible format")
        OTHER = "other", _("Other feedback about accessibility")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("accessibility feedback", "Open")
        ANSWERED = "answered", pgettext_lazy("accessibility feedback", "Answered")
        CLOSED = "closed", _("Closed without an answer")

    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices, default=Kind.PROBLEM)
    message = models.TextField(_("message"), max_length=5000)
    page = models.CharField(_("page"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = EmailAddressField(_("email"), blank=True)
    language = models.CharField(_("language"), max_length=20)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    due_on = models.DateField(_("to be answered by"), default=default_due_day)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("accessibility feedback", "assigned to"),
    )
    # How many reminders staff have got.
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    # The answer as it was sent, or why it was closed without one.
    answer = models.TextField(_("answer"), max_length=10000, blank=True)
    ended_at = models.DateTimeField(_("answered or closed"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AccessibilityFeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("accessibility feedback")
        verbose_name_plural = _("accessibility feedback")
        # The open ones first, by the day on which they are due.
        ordering = [F("ended_at").desc(nulls_first=True), "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True)
                | (~Q(status="open") & Q(ended_at__isnull=False) & ~Q(answer="")),
                name="home_accessibilityfeedback_ends_with_answer",
            )
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="home_feedback_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether it has been neither answered nor closed."""
        return self.status == self.Status.OPEN

    @property
    def days_left(self) -> int:
        """Days until it has to be answered; negative once it is overdue."""
        return (self.due_on - timezone.localdate()).days
