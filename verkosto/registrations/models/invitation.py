from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import InvitationQuerySet
from verkosto.registrations.models.registration import Registration


class Invitation(models.Model):
    """A personal invitation to a desk, bound to one address."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email"), max_length=254)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20)
    registration = models.OneToOneField(
        Registration, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)
    # When its mail was put into the outbox.
    written_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminder sent"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["email"]
        constraints = [models.UniqueConstraint("desk", Lower("email"), name="registrations_one_invitation_an_address")]

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
        """When it is due; None while nobody knows when the registration closes."""
        return self.desk.closes_at - timedelta(days=self.days) if self.desk.closes_at else None


class AccessToken(models.Model):
    """The SHA-256 of a personal link or code. The link itself is in the mail and nowhere else."""

    class Purpose(models.TextChoices):
        MANAGE = "manage", _("Manage a registration")
        CONFIRM = "confirm", _("Confirm an address")
        INVITATION = "invitation", _("Use an invitation")

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    expires_at = models.DateTimeField(null=True, blank=True)
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


class DeskAccess(models.Model):
    """What a group may do with the registrations of the pages under a page, in every language. Apart from page rights."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="desk_access")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="desk_access")
    can_see = models.BooleanField(_("view"), default=True)
    can_change = models.BooleanField(_("add, change, approve and cancel"), default=False)
    can_export = models.BooleanField(_("export"), default=False)
    can_read_sensitive = models.BooleanField(_("read sensitive answers"), default=False)
    can_erase = models.BooleanField(_("erase"), default=False)

    class Meta:
        verbose_name = _("registration permission")
        verbose_name_plural = _("registration permissions")
        constraints = [models.UniqueConstraint(fields=["group", "page"], name="registrations_one_right_a_page")]

    def __str__(self) -> str:
        return f"{self.group} – {self.page}"
