from event_pages.models.agenda import AgendaItem, AgendaPage, AgendaSpeaker
from event_pages.models.event import EventPage
from event_pages.models.imported_event import ImportedEvent
from event_pages.models.index import EventIndexPage
from event_pages.models.offer import PricedPage, ProvidedPage
from event_pages.models.online_meeting import OnlineMeeting
from event_pages.models.organisers import NetworkLink, OrganisedPage, Organiser
from event_pages.models.schedule import Scheduled
from event_pages.models.series import EventSeriesPage, TourStop
from event_pages.models.speakers import PersonInRole, Speaker

__all__ = [
    "AgendaItem",
    "AgendaPage",
    "AgendaSpeaker",
    "EventIndexPage",
    "EventPage",
    "EventSeriesPage",
    "ImportedEvent",
    "NetworkLink",
    "OnlineMeeting",
    "OrganisedPage",
    "Organiser",
    "PersonInRole",
    "PricedPage",
    "ProvidedPage",
    "Scheduled",
    "Speaker",
    "TourStop",
]
