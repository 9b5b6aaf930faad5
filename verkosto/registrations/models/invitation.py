from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.core.model_fields import EmailAddressField, NameField
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import InvitationQuerySet
from verkosto.registrations.models.registration import Registration


class Invitation(models.Model):
    """A personal invitation to a desk, bound to one address."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="invitations")
    email = EmailAddressField(_("email"), max_length=254)
    name = NameField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20)
    registration = models.OneToOneField(
        Registration, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)
    # When its mail was written into the outbox.
    written_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminder sent"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # The person has said that they cannot come. It counts as an answer, until they register after all.
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "email"], name="registrations_one_invitation_an_address")
        ]

    def __str__(self) -> str:
        return self.email


class InvitationReminder(models.Model):
    """A reminder to those who have not answered, some days before the registration closes."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="invitation_reminders")
    days = models.PositiveIntegerField(_("days before the registration closes"))
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation reminder")
        verbose_name_plural = _("invitation reminders")
        ordering = ["-days"]
        constraints = [models.UniqueConstraint(fields=["desk", "days"], name="registrations_one_reminder_a_day")]

    def __str__(self) -> str:
        return str(self.days)

    @property
    def at(self) -> datetime | None:
        """When it is due; None while the registration has no closing time."""
        return self.desk.closes_at - timedelta(days=self.days) if self.desk.closes_at else None
