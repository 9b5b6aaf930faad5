"""Anonymous feedback about an event: what was answered, and apart from that who has answered."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import EventStatus
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.registration import Registration


class FeedbackAnswers(models.Model):
    """What one person answered. It has no person, no time and no order: its key is random (UUID 4), as is the ordering."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="feedback", verbose_name=_("page"))
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.desk)


class FeedbackNote(models.Model):
    """The note that a person has given feedback, for the reminder and against a second answer. It has no time."""

    registration = models.OneToOneField(
        Registration,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="feedback_note",
        verbose_name=_("registration"),
    )

    class Meta:
        verbose_name = _("note of feedback")
        verbose_name_plural = _("notes of feedback")

    def __str__(self) -> str:
        return str(self.registration_id)


def takes_feedback(desk: Desk) -> bool:
    """Return whether people may give feedback now: the form is on, and the event was held and is over.

    A page without dates takes feedback at any time.
    """
    was_held = desk.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    is_over = desk.ends_at is None or desk.ends_at <= timezone.now()
    return desk.feedback_enabled and desk.purged_at is None and was_held and is_over
