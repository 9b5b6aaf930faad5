from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.models.invitation import Invitation
from verkosto.registrations.models.registration import Registration


class AccessToken(models.Model):
    """The SHA-256 of a personal link or code. The link itself is in the mail and nowhere else."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=TokenPurpose.choices)
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    expires_at = models.DateTimeField(null=True, blank=True)
    # Manage sessions that began earlier have ended: somebody left on a shared computer, whose cookies may be kept.
    sessions_ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=False, invitation__isnull=True)
                | Q(registration__isnull=True, invitation__isnull=False),
                name="registrations_token_opens_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.purpose
