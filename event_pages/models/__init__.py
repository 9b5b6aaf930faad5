from .event import EventPage
from .index import EventIndexPage
from .rows import AgendaItem, AgendaSpeaker, NetworkLink, Organiser, Speaker
from .schedule import Scheduled, Status
from .series import EventSeriesPage, SeriesPlace

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
    "Status",
]
