from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.core.model_fields import NameField
from verkosto.registrations.models.desk import Desk

#: Wrong codes, by everybody together, after which a link is locked for good.
MAX_WRONG_CODES = 20


class CheckInLinkQuerySet(models.QuerySet["CheckInLink"]):
    def usable(self, now: datetime | None = None) -> "CheckInLinkQuerySet":
        """Return the links that are neither withdrawn nor locked, and whose day it is."""
        now = now or timezone.now()
        in_time = self.filter(valid_from__lte=now, valid_until__gt=now)
        return in_time.filter(withdrawn_at__isnull=True, wrong_codes__lt=MAX_WRONG_CODES)


class CheckInLink(models.Model):
    """A link and a code by which helpers without an account check people in, at one event on one day.

    Neither is stored: ``digest`` is the SHA-256 of the link's token, ``code_digest`` a keyed hash of the code.
    """

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="check_in_links")
    name = NameField(pgettext_lazy("check-in link", "name"), max_length=60)
    day = models.DateField(_("day"))
    # The UID of the meeting of a series; "" for a single event.
    meeting = models.CharField(_("meeting"), max_length=255, blank=True)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = CheckInLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in link")
        verbose_name_plural = _("check-in links")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="registrations_check_in_link_has_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_locked(self) -> bool:
        return self.wrong_codes >= MAX_WRONG_CODES

    @property
    def is_over(self) -> bool:
        return self.valid_until <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether it is its time."""
        return self.valid_from <= timezone.now() < self.valid_until

    @property
    def can_be_withdrawn(self) -> bool:
        return self.withdrawn_at is None and not self.is_over
