from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.core.model_fields import EmailAddressField
from verkosto.registrations.enums import INVITED_ROLES
from verkosto.registrations.models.desk import Desk


class DeskInvitationQuerySet(models.QuerySet["DeskInvitation"]):
    def unanswered(self) -> "DeskInvitationQuerySet":
        """Return the invitations that are neither accepted nor withdrawn, also those that have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def pending(self, now: datetime | None = None) -> "DeskInvitationQuerySet":
        """Return the invitations that can be accepted now."""
        return self.unanswered().filter(expires_at__gt=now or timezone.now())


class DeskInvitation(models.Model):
    """An invitation of a colleague, by email, to a role at one desk.

    The link is in the mail and nowhere else: ``digest`` is the SHA-256 of its token, "" until the mail is sent. Each mail
    has a new link, and the one before no longer works.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="colleague_invitations")
    email = EmailAddressField(_("email"), max_length=254)
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in INVITED_ROLES])
    language = models.CharField(_("language"), max_length=20)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    # When its latest mail was written into the outbox.
    written_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), db_index=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = DeskInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation of a colleague")
        verbose_name_plural = _("invitations of colleagues")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "email", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="registrations_one_colleague_invitation",
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="registrations_colleague_invitation_link"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="registrations_colleague_invitation_has_one_end",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_answered(self) -> bool:
        """Whether it was accepted or withdrawn."""
        return self.accepted_at is not None or self.withdrawn_at is not None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_pending(self) -> bool:
        """Whether it can be accepted now."""
        return not self.is_answered and not self.is_expired
