from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from event_pages.online_meetings.providers import provider_choices

STALE_CLAIM = timedelta(minutes=10)  # a worker that claimed a row so long ago was killed


class JoinedOnline(models.Model):
    """A base class of page types that people can join online: by a link of the editor's, or of a meeting that is made."""

    meeting_provider = models.CharField(
        _("make an online meeting with"),
        max_length=40,
        blank=True,
        choices=provider_choices,
        help_text=_(
            "It is made when you publish, moved with the event, and withdrawn when the event is cancelled, postponed or "
            "unpublished. When the page becomes private, it gets a new link. Leave it empty to give a joining link yourself."
        ),
    )
    joining_url = models.URLField(
        _("joining link"),
        max_length=1000,
        blank=True,
        help_text=_("Never public. Only people with a place get it, by email and on their registration page."),
    )
    joining_visible_from = models.DateTimeField(
        _("send joining link from"),
        null=True,
        blank=True,
        help_text=_("If left empty, the link is sent with the confirmation."),
    )

    class Meta:
        abstract = True


class OnlineMeetingQuerySet(models.QuerySet["OnlineMeeting"]):
    def claimable(self, now: datetime) -> OnlineMeetingQuerySet:
        """Return those with work that is due, also those that a killed worker left."""
        is_free = Q(claimed_at=None) | Q(claimed_at__lte=now - STALE_CLAIM)
        return self.filter(is_free, due_at__lte=now)


class OnlineMeeting(models.Model):
    """The meeting online of an event: what the event wants, and what the provider has. The worker makes them agree."""

    translation_key = models.UUIDField(unique=True)
    # The facts of the meeting with its provider, as `reconciliation.wanted_of` returns them; None for no meeting.
    wanted = models.JSONField(null=True, blank=True)
    made = models.JSONField(null=True, blank=True)
    # Grows with each change of what is wanted, so that a worker sees a change while it works.
    version = models.PositiveIntegerField(default=0)
    # How often the meeting was withdrawn: the next one has another key, and so another link.
    withdrawals = models.PositiveIntegerField(default=0)
    url = models.URLField(_("joining link"), max_length=1000, blank=True)
    reference = models.CharField(max_length=255, blank=True)
    # When the worker is to act; None if there is nothing to do, or it has given up.
    due_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    failure = models.CharField(max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OnlineMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("online meeting")
        verbose_name_plural = _("online meetings")
        indexes = [models.Index(fields=["due_at"], name="event_pages_meetings_due")]

    def __str__(self) -> str:
        return str(self.translation_key)

    @property
    def key(self) -> str:
        """The key by which a provider knows the meeting."""
        return f"{self.translation_key}-{self.withdrawals}" if self.withdrawals else str(self.translation_key)

    @property
    def state(self) -> str:
        """What an editor reads of the meeting, in the active language."""
        if self.failure:
            return str(_("Failed"))
        if self.due_at is not None:
            return str(_("In preparation"))
        return pgettext("online meeting", "Ready") if self.made else pgettext("online meeting", "Withdrawn")
