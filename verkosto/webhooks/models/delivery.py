import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.webhooks.enums import DeliveryState
from verkosto.webhooks.models.endpoint import Endpoint

STALE_CLAIM = timedelta(minutes=10)  # a worker that claimed a delivery so long ago was killed


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime | None = None) -> "DeliveryQuerySet":
        """Return those to deliver now, of endpoints that are active and not left alone, the oldest first."""
        now = now or timezone.now()
        ready = Q(endpoint__paused_until__isnull=True) | Q(endpoint__paused_until__lte=now)
        return self.claimable(now).filter(ready, endpoint__is_active=True).order_by("due_at", "pk")

    def claimable(self, now: datetime) -> "DeliveryQuerySet":
        """Return those whose time has come, also those that a killed worker left.

        The condition is on columns of the row alone: as the condition of an UPDATE it lets one worker pass.
        """
        is_left = Q(state=DeliveryState.SENDING, claimed_at__lte=now - STALE_CLAIM)
        return self.filter(Q(state=DeliveryState.QUEUED, due_at__lte=now) | is_left)


class Delivery(models.Model):
    """One event for one endpoint: written in the transaction that causes it, delivered by a worker.

    It holds no personal data. What an endpoint is to get of that is read when it is sent, see ``payloads``.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    # The header ``webhook-id``: the same in each attempt, so that the receiver recognises a repetition.
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    event = models.CharField(_("event"), max_length=60)
    data = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=20, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    # Of the last attempt: the status of the answer, its first bytes, after how many milliseconds; or why there is none.
    response_code = models.PositiveIntegerField(_("answer"), null=True, blank=True)
    response_start = models.TextField(blank=True)
    duration = models.PositiveIntegerField(null=True, blank=True)
    failure = models.CharField(max_length=250, blank=True)
    created_at = models.DateTimeField(_("occurred"), default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="webhooks_outbox"),
            models.Index(fields=["endpoint", "-created_at"], name="webhooks_log"),
        ]

    def __str__(self) -> str:
        return self.event

    @property
    def identifier(self) -> str:
        """The value of the header ``webhook-id``."""
        return f"msg_{self.message_id.hex}"
