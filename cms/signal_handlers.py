"""The signal handlers of the project: what changes in translations mean for events and registrations."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TranslatableMixin

from event_pages.models import EventPage
from verkosto.localisation.signals import facts_synced, original_changed
from verkosto.localisation.workflow.notifications import notify_urgently
from verkosto.registrations.models import RegistrablePageMixin
from verkosto.registrations.sync.publish import publish_page

# Messages to translators, by the event's new status.
STATUS_MESSAGES = {
    "cancelled": _("The event was cancelled."),
    "postponed": _("The event was postponed."),
    "moved_online": _("The event was moved online."),
    "changed": _("The event was changed."),
}
RESCHEDULED = _("The event’s time or place has changed.")
TIME_AND_VENUE_FIELDS = {"starts_at", "ends_at", "starts_on", "ends_on", "postponed_until", "attendance", "venue"}


@receiver(facts_synced)
def notify_translators(
    sender: type, instance: models.Model, original: TranslatableMixin, fields: list[str], **kwargs: Any
) -> None:
    """Notify translators at once of a change of an upcoming event, because the translated text may now be wrong.

    Changes of past events are in the daily digest only.
    """
    if not isinstance(original, EventPage) or original.is_over:
        return
    if "status" in fields and original.status in STATUS_MESSAGES:
        notify_urgently(original=original, reason=STATUS_MESSAGES[original.status], version=instance)
    elif TIME_AND_VENUE_FIELDS & {*fields}:
        notify_urgently(original=original, reason=RESCHEDULED, version=instance)


@receiver(original_changed)
def sync_desk(sender: type, instance: models.Model, **kwargs: Any) -> None:
    """Sync the registration desk with the version that is now the original."""
    if isinstance(instance, Page) and issubclass(type(instance), RegistrablePageMixin) and instance.live:
        publish_page(instance)
