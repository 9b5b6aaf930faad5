import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.core.model_fields import EmailAddressField
from verkosto.registrations.enums import MessageState
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.guest import Guest
from verkosto.registrations.models.querysets import MessageQuerySet
from verkosto.registrations.models.registration import Registration


class Mailing(models.Model):
    """A mail by staff to a selection of registrants, in each one's language."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="mailings")
    subjects = models.JSONField(default=dict)
    bodies = models.JSONField(default=dict)
    selection = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    send_at = models.DateTimeField(_("send at"), default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True)
    recipients = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("email to registrants")
        verbose_name_plural = _("emails to registrants")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return next(iter(self.subjects.values()), str(self.pk))


class Message(models.Model):
    """A mail in the outbox: written in the transaction that causes it, delivered by a worker.

    Its text is composed at delivery, since the manage link is stored in no row; it is kept in ``subject`` and ``text``
    without the personal link.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    # The guest of the registration to whom it goes. It holds no personal link then.
    guest = models.ForeignKey(Guest, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")
    mailing = models.ForeignKey(Mailing, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")
    # The key of a mailing of another app, so that nobody gets it twice.
    mailing_key = models.UUIDField(null=True, blank=True, editable=False)
    kind = models.CharField(_("type"), max_length=40)
    channel = models.CharField(max_length=20, default="email")
    recipient = EmailAddressField(_("recipient"), max_length=254)
    # The recipient's mailbox (``fold_email``) if a stranger may have caused the mail: such mails are limited.
    mailbox = models.CharField(max_length=254, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=20)
    # What the text needs beyond the desk and the registration, such as {"reason": …} or {"change": …}.
    context = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=MessageState.choices, default=MessageState.QUEUED)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    # Of the Message-ID: the same after a retry, so that a client shows the mail once; a new one when it is sent again.
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("to be sent at"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.TextField(_("reason for failure"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing_key", "recipient"],
                condition=models.Q(mailing_key__isnull=False),
                name="registrations_mailing_reaches_once",
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="registrations_outbox"),
            models.Index(fields=["recipient", "due_at"], name="registrations_recipient"),
            models.Index(fields=["mailbox", "due_at"], name="registrations_mailbox"),
            models.Index(
                fields=["desk"], condition=models.Q(state=MessageState.FAILED.value), name="registrations_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind

    @property
    def is_to_guest(self) -> bool:
        """Whether it goes to a guest, and not to the person who brings them."""
        return "guest_name" in self.context
