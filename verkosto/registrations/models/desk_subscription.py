from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import NotificationFrequency
from verkosto.registrations.models.desk import Desk


class DeskSubscription(models.Model):
    """What a member of staff wants to be notified of: at one desk, or without a desk at all that they may see.

    The choice for one desk replaces the general one there.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_subscriptions")
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions")
    frequency = models.CharField(
        _("when to notify me"),
        max_length=20,
        choices=NotificationFrequency.choices,
        default=NotificationFrequency.NEVER,
    )
    new_registrations = models.BooleanField(_("new registrations"), default=True)
    awaiting_approval = models.BooleanField(_("registrations and hand-overs that await a decision"), default=True)
    full = models.BooleanField(_("all places are taken"), default=True)
    failed_messages = models.BooleanField(_("messages that could not be delivered"), default=True)
    # Up to when the user has been notified.
    notified_at = models.DateTimeField(default=timezone.now, editable=False)
    # The keys of desks of which the user knows that they are full.
    known_full: Any = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("notifications about registrations")
        verbose_name_plural = _("notifications about registrations")
        constraints = [
            models.UniqueConstraint(fields=["user", "desk"], name="registrations_one_subscription_a_desk"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(desk__isnull=True), name="registrations_one_general_subscription"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.frequency}"
