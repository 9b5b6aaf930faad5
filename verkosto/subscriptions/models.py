import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from verkosto.core.model_fields import EmailAddressField
from verkosto.subscriptions.enums import Frequency


class Follower(models.Model):
    """An address that has confirmed that it follows something. Deleted when it follows nothing any more."""

    # In the personal link and in the address of the person's own page.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = EmailAddressField(_("email"), max_length=254, unique=True)
    language = models.CharField(_("language"), max_length=20)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    # Up to when the person has been notified of everything, also after they have chosen another frequency.
    notified_until = models.DateTimeField(default=timezone.now, editable=False)
    # Sessions that began earlier have ended.
    sessions_ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["frequency", "id"], name="subscriptions_digest_order")]

    def __str__(self) -> str:
        # The audit log keeps this: no person is in it.
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()


class Follow(models.Model):
    """One thing that somebody follows: a ``TargetKind`` by name, and the key of what is followed."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("followed content")
        verbose_name_plural = _("followed content")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["follower", "kind", "key"], name="subscriptions_followed_once")]
        indexes = [models.Index(fields=["kind", "key"], name="subscriptions_target")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class FollowRequest(models.Model):
    """What somebody asked to follow with an address, until its owner confirms it.

    The same row is written for an address that follows something already as for any other.
    """

    email = EmailAddressField(_("email"), max_length=254)
    language = models.CharField(_("language"), max_length=20)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("request to follow")
        verbose_name_plural = _("requests to follow")

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class PageChange(models.Model):
    """When a page was published first, and when facts changed that its followers are notified of."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    # A fingerprint of the facts as they were last published.
    facts = models.CharField(max_length=64)
    new_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")
        indexes = [
            models.Index(fields=["new_at"], name="subscriptions_new"),
            models.Index(fields=["changed_at"], name="subscriptions_changed"),
        ]

    def __str__(self) -> str:
        return str(self.page_id)


class DigestRun(models.Model):
    """One run over all followers with a frequency. Its key is in each email, so that nobody gets two of one run."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    # The day, or for emails at once the change, that it is for: two processes cannot begin the same run.
    slot = models.CharField(max_length=40)
    # Changes up to this moment are told.
    until = models.DateTimeField()
    # The primary key of the last follower that is done.
    position = models.PositiveBigIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("run of emails to followers")
        verbose_name_plural = _("runs of emails to followers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["frequency", "slot"], name="subscriptions_one_run_a_slot"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(finished_at=None), name="subscriptions_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.slot}"
