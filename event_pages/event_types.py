"""The event types, languages and time zones that an editor can choose for an event.

A plugin adds event types through the ``register_verkosto_event_types`` hook; that needs no migration.
"""

from collections.abc import Callable, Iterable
from functools import cache
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import pgettext_lazy
from wagtail import hooks

EVENT_TYPES_HOOK = "register_verkosto_event_types"

Choice = tuple[str, object]

BUILT_IN_TYPES: tuple[Choice, ...] = (
    ("meeting", pgettext_lazy("kind of event", "Meeting")),
    ("webinar", pgettext_lazy("kind of event", "Webinar")),
    ("seminar", pgettext_lazy("kind of event", "Seminar")),
    ("morning_coffee", pgettext_lazy("kind of event", "Morning coffee")),
    ("theme_day", pgettext_lazy("kind of event", "Theme day")),
    ("workshop", pgettext_lazy("kind of event", "Workshop")),
    ("training", pgettext_lazy("kind of event", "Training")),
    ("invitation", pgettext_lazy("kind of event", "Invitation")),
)


def event_types() -> list[Choice]:
    """Return key and name of every event type: the built-in ones, then those of plugins.

    Each hook function returns pairs of key and name.
    """
    registered: list[Callable[[], Iterable[Choice]]] = hooks.get_hooks(EVENT_TYPES_HOOK)
    return [*BUILT_IN_TYPES, *(event_type for register in registered for event_type in register())]


def event_languages() -> list[Choice]:
    """Return the languages an event can be held in: those of the site."""
    return list(settings.LANGUAGES)


def time_zones() -> list[Choice]:
    """Return every zone of the IANA database, the site's own first."""
    return [(zone, zone.replace("_", " ")) for zone in dict.fromkeys((settings.TIME_ZONE, "UTC", *_zones()))]


@cache
def _zones() -> tuple[str, ...]:
    """Return the names in the IANA database, read once: each read opens six hundred files, and each form asks."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


def site_time_zone() -> str:
    """Return the IANA name of the site's time zone. As a function, it can be a default that migrations do not fix."""
    return settings.TIME_ZONE
