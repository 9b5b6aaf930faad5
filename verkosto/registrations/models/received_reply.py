from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=90)  # mail servers and providers repeat a delivery for days


class ReceivedReplyQuerySet(models.QuerySet["ReceivedReply"]):
    def delete_old(self) -> int:
        """Delete what no repetition is to be expected of any more. Return how many."""
        return self.filter(received_at__lt=timezone.now() - KEPT).delete()[0]


class ReceivedReply(models.Model):
    """That an answer from a calendar was taken, so that a repetition changes nothing. It names nobody."""

    # A keyed hash of the Message-ID.
    digest = models.CharField(max_length=64, primary_key=True)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ReceivedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer from a calendar")
        verbose_name_plural = _("answers from calendars")

    def __str__(self) -> str:
        return self.digest[:8]
