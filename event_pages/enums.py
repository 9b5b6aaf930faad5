"""The closed sets of values of events and series. The status of an event is ``verkosto.registrations.enums.EventStatus``."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Attendance(TextChoices):
    """How people take part in an event."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class DatePrecision(TextChoices):
    """How much of an event's date is known."""

    EXACT = "exact", _("Date and time")
    DATE = "date", _("Date without a time")
    MONTH = "month", _("Month only, date to be confirmed")
    UNANNOUNCED = "unannounced", pgettext_lazy("date of an event", "Not yet announced")


class AgendaItemKind(TextChoices):
    """The type of an agenda item."""

    SESSION = "session", pgettext_lazy("agenda item", "Session")
    POINT = "point", pgettext_lazy("agenda item", "Welcome, end and other points")
    BREAK = "break", pgettext_lazy("agenda item", "Break")


class AgendaPlacement(TextChoices):
    """Where an agenda item stands: each is an item of its own, or belongs to an item before it."""

    OWN = "own", pgettext_lazy("agenda item", "An item of its own")
    PART = "part", pgettext_lazy("agenda item", "A part of the item above")
    PARALLEL = "parallel", pgettext_lazy("agenda item", "At the same time as the item above")


class SeriesKind(TextChoices):
    """The type of a series."""

    SEASON = "season", pgettext_lazy("kind of series", "Season")
    TOUR = "tour", pgettext_lazy("kind of series", "Tour")
    COURSE = "course", pgettext_lazy("kind of series", "Course")
    SERIES = "series", pgettext_lazy("kind of series", "Series")


class RegistrationScope(TextChoices):
    """Whether people register for a series or for its events."""

    WHOLE = "whole", _("One registration for the whole series")
    EACH = "each", _("A separate registration for each event")


class TimelineState(TextChoices):
    """The state of an event on the timeline of its series. Computed, never stored."""

    PAST = "past", pgettext_lazy("status of an event in a series", "Held")
    NEXT = "next", pgettext_lazy("status of an event in a series", "Next")
    UPCOMING = "upcoming", pgettext_lazy("status of an event in a series", "Upcoming")
    POSTPONED = "postponed", pgettext_lazy("status of an event in a series", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("status of an event in a series", "Cancelled")
    UNANNOUNCED = "unannounced", pgettext_lazy("status of an event in a series", "Not yet announced")


#: The feeds below a page that lists events, and all its files.
EVENT_FEEDS = ("events.rss", "events.atom", "events.json")
CALENDAR_FILES = ("calendar.ics", *EVENT_FEEDS)
