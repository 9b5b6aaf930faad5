"""What the site tells its translators' desk: when a translation is needed, and which news cannot wait."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from event_pages.dates import FAR_FUTURE
from event_pages.models import EventPage, EventSeriesPage
from verkosto.localisation.signals import facts_projected, original_changed
from verkosto.localisation.states.urgency import Urgency, register_urgency
from verkosto.localisation.workflow.notifications import notify_urgently
from verkosto.registrations.models import RegistrablePageMixin
from verkosto.registrations.sync.publish import publish_page

# Read by translators, of an event whose words may now be false.
NEWS = {
    "cancelled": _("The event was cancelled."),
    "postponed": _("The event was postponed."),
    "moved_online": _("The event was moved online."),
    "changed": _("The event was changed."),
}
MOVED = _("The event’s time or place has changed.")
WHEN_AND_WHERE = {"starts_at", "ends_at", "starts_on", "ends_on", "postponed_until", "attendance", "venue"}


@register_urgency
def pages_that_register(keys: Collection[UUID] | None) -> dict[UUID, Urgency]:
    """A page is needed when its registration opens, an event otherwise when it begins."""
    found: dict[UUID, Urgency] = {}
    sources: list[tuple[Any, str | None]] = [(EventSeriesPage, None), (EventPage, "sort_start")]
    for model, start in sources:
        pages = model.objects.all() if keys is None else model.objects.filter(translation_key__in=keys)
        columns = ["translation_key", "registration_opens_at", *filter(None, [start])]
        for key, opens, *rest in pages.values_list(*columns).iterator():
            begins = rest[0] if rest and rest[0] != FAR_FUTURE else None
            found[key] = Urgency(needed_by=opens or begins, happens_at=begins)
    return found


@receiver(facts_projected)
def tell_translators(sender: type, instance: Any, original: Any, fields: list[str], **kwargs: Any) -> None:
    """Of an event that is to come; what has been can wait for the day's digest."""
    if not isinstance(original, EventPage) or original.is_over:
        return
    if "status" in fields and original.status in NEWS:
        notify_urgently(original=original, reason=NEWS[original.status], version=instance)
    elif WHEN_AND_WHERE & {*fields}:
        notify_urgently(original=original, reason=MOVED, version=instance)


@receiver(original_changed)
def tell_the_desk(sender: type, instance: Any, **kwargs: Any) -> None:
    """From now on this version's facts are the registration desk's."""
    if isinstance(instance, Page) and issubclass(type(instance), RegistrablePageMixin) and instance.live:
        publish_page(instance)
