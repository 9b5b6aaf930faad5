"""The open list of event kinds: a plugin adds its own through the ``register_event_kinds`` hook, by no migration."""

from collections.abc import Callable, Iterable
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import pgettext_lazy
from wagtail import hooks

HOOK = "register_event_kinds"

Choice = tuple[str, object]

OWN_KINDS: tuple[Choice, ...] = (
    ("meeting", pgettext_lazy("kind of event", "Meeting")),
    ("webinar", pgettext_lazy("kind of event", "Webinar")),
    ("seminar", pgettext_lazy("kind of event", "Seminar")),
    ("morning_coffee", pgettext_lazy("kind of event", "Morning coffee")),
    ("theme_day", pgettext_lazy("kind of event", "Theme day")),
    ("workshop", pgettext_lazy("kind of event", "Workshop")),
    ("training", pgettext_lazy("kind of event", "Training")),
    ("invitation", pgettext_lazy("kind of event", "Invitation")),
)


def event_kinds() -> list[Choice]:
    """Key and name of every kind: our own, then those of plugins (each hook returns pairs of key and name)."""
    registered: list[Callable[[], Iterable[Choice]]] = hooks.get_hooks(HOOK)
    return [*OWN_KINDS, *(kind for register in registered for kind in register())]


def event_languages() -> list[Choice]:
    """The languages an event can be held in: those of the site."""
    return list(settings.LANGUAGES)


def time_zones() -> list[Choice]:
    """Every zone of the IANA database, the site's own first."""
    others = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in dict.fromkeys((settings.TIME_ZONE, "UTC", *others))]


def site_time_zone() -> str:
    return settings.TIME_ZONE
