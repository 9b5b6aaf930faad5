"""The types of events that webhooks tell of. An installed app adds its own through the hook below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

if TYPE_CHECKING:
    from django.utils.functional import Promise

HOOK = "register_verkosto_webhook_events"
TEST = "webhook.test"


@dataclass(frozen=True, kw_only=True)
class EventType:
    """One type: ``name`` is "thing.what_happened", ``label`` says to staff when it is sent."""

    name: str
    label: str | Promise


OWN_TYPES = [
    EventType(name="registration.created", label=_("Somebody registers")),
    EventType(name="registration.confirmed", label=_("A registration gets its place")),
    EventType(name="registration.promoted", label=_("Somebody on the waiting list gets or is offered a place")),
    EventType(
        name="registration.cancelled", label=_("A registration ends: cancelled, declined, expired or handed over")
    ),
    EventType(name="registration.checked_in", label=_("Somebody is checked in")),
    EventType(name="desk.full", label=_("A registration takes the last free place")),
    EventType(name="event.published", label=_("A page that can take registrations is published")),
    EventType(name="event.changed", label=_("The time, place or status of a published event changes")),
    EventType(name="event.cancelled", label=_("A published event is cancelled")),
    EventType(name="translation.outdated", label=_("A complete translation becomes outdated")),
    EventType(name="page.published", label=_("Any page is published")),
]


@cache
def event_types() -> dict[str, EventType]:
    """Return the types of all installed apps by name."""
    added = [event_type for hook in hooks.get_hooks(HOOK) for event_type in hook()]
    return {event_type.name: event_type for event_type in [*OWN_TYPES, *added]}
