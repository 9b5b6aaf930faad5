from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import Actor, RegistrationStatus
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.registration import Registration


class StatusChange(models.Model):
    """One step in a registration's history: what, when, by whom."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30, choices=RegistrationStatus.choices)
    actor = models.CharField(max_length=20, choices=Actor.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The name of the check-in link by which somebody without an account did it.
    check_in_link = models.CharField(max_length=60, blank=True)
    # A ``HistoryEvent``, or a plugin's own code.
    event = models.CharField(max_length=40)
    reason = models.TextField(_("reason"), blank=True)
    # The desk that was left, of a registration that was moved.
    from_desk = models.ForeignKey(Desk, on_delete=models.SET_NULL, null=True, blank=True, related_name="departures")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event}: {self.from_status} → {self.to_status}"


class Note(models.Model):
    """A note by staff about a registration. Not shown to the registrant, but part of their data when they ask for it."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
