from event_pages.models.event import EventPage
from event_pages.models.index import EventIndexPage
from event_pages.models.rows import AgendaItem, AgendaSpeaker, NetworkLink, Organiser, Speaker
from event_pages.models.schedule import Scheduled
from event_pages.models.series import EventSeriesPage, SeriesPlace

__all__ = [
    "AgendaItem",
    "AgendaSpeaker",
    "EventIndexPage",
    "EventPage",
    "EventSeriesPage",
    "NetworkLink",
    "Organiser",
    "Scheduled",
    "SeriesPlace",
    "Speaker",
]
