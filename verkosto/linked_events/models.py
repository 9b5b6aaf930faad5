from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.linked_events.enums import PushProblem, PushState
from verkosto.linked_events.identifiers import own_id

STALE_CLAIM = timedelta(minutes=10)  # a worker that claimed a row so long ago was killed


class PushedEventQuerySet(models.QuerySet["PushedEvent"]):
    def due(self, now: datetime | None = None) -> PushedEventQuerySet:
        """Return those to send now, also those that a killed worker left, the oldest first."""
        now = now or timezone.now()
        is_left = Q(state=PushState.SENDING, claimed_at__lte=now - STALE_CLAIM)
        return self.filter(Q(state=PushState.WAITING, due_at__lte=now) | is_left).order_by("due_at", "pk")


class PushedImage(models.Model):
    """An image that the LinkedEvents server has of us. Events that show the same image with the same texts share it."""

    # A fingerprint of the address and the texts; None once no event shows it, until the server has deleted it.
    digest = models.CharField(max_length=64, unique=True, null=True)
    image_id = models.PositiveBigIntegerField(unique=True)

    class Meta:
        verbose_name = _("image on LinkedEvents")
        verbose_name_plural = _("images on LinkedEvents")

    def __str__(self) -> str:
        return str(self.image_id)


class PushedEvent(models.Model):
    """An event or a series that a LinkedEvents server has, or is to have: the outbox, a row for each.

    It holds no content: what is public of the event is read when it is sent. So a row is sent as often as its event
    changes, and a repetition does no harm.
    """

    translation_key = models.UUIDField(unique=True)
    # For the list of staff, also when the page is gone.
    title = models.CharField(_("event"), max_length=255)
    state = models.CharField(_("state"), max_length=20, choices=PushState.choices, default=PushState.WAITING)
    # How often the event was withdrawn: the server never takes an id again that it has deleted.
    generation = models.PositiveIntegerField(default=1)
    is_on_server = models.BooleanField(default=False)
    image = models.ForeignKey(PushedImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    # When the event last changed: after a claim, it is sent once more.
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # Of the last attempt: the status of the answer, and why it failed.
    response_code = models.PositiveIntegerField(_("answer"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=20, choices=PushProblem.choices, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = PushedEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event on LinkedEvents")
        verbose_name_plural = _("events on LinkedEvents")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="linked_events_outbox")]

    def __str__(self) -> str:
        return self.title

    @property
    def remote_id(self) -> str:
        """The id of the event on the server."""
        suffix = f"-{self.generation}" if self.generation > 1 else ""
        return own_id(f"{self.translation_key}{suffix}")


class ImportedPlace(models.Model):
    """A place of a LinkedEvents server that is a venue of the directory, in all its languages."""

    place_id = models.CharField(max_length=100, unique=True)
    venue_key = models.UUIDField(unique=True)
    # A fingerprint of what was imported: the place has changed on the server if it is another now.
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported place")
        verbose_name_plural = _("imported places")

    def __str__(self) -> str:
        return self.place_id
