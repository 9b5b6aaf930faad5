"""The events that webhooks report. An installed app adds its own through the hook below."""

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
class WebhookEvent:
    """One event: ``name`` is "thing.what_happened", ``label`` says to staff when it is sent."""

    name: str
    label: str | Promise


OWN_EVENTS = [
    WebhookEvent(name="registration.created", label=_("Somebody registers")),
    WebhookEvent(name="registration.confirmed", label=_("A registration gets its place")),
    WebhookEvent(name="registration.promoted", label=_("Somebody on the waiting list gets or is offered a place")),
    WebhookEvent(
        name="registration.cancelled", label=_("A registration ends: cancelled, declined, expired or handed over")
    ),
    WebhookEvent(name="registration.checked_in", label=_("Somebody is checked in")),
    WebhookEvent(name="desk.full", label=_("A registration takes the last free place")),
    WebhookEvent(name="event.published", label=_("A page that can take registrations is published")),
    WebhookEvent(name="event.changed", label=_("The time, place or status of a published event changes")),
    WebhookEvent(name="event.cancelled", label=_("A published event is cancelled")),
    WebhookEvent(name="translation.outdated", label=_("A complete translation becomes outdated")),
    WebhookEvent(name="page.published", label=_("Any page is published")),
]


@cache
def webhook_events() -> dict[str, WebhookEvent]:
    """Return the events of all installed apps by name."""
    added = [event for hook in hooks.get_hooks(HOOK) for event in hook()]
    return {event.name: event for event in [*OWN_EVENTS, *added]}
