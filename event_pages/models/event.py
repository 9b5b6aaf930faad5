from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.agenda import AgendaDay
from event_pages.checklist import event_checks, summary_of
from event_pages.enums import Attendance, RegistrationScope
from event_pages.event_types import event_types
from event_pages.fields import LanguagesField
from event_pages.forms import EventForm
from event_pages.ical import registrant_entry
from event_pages.locations import location_html, location_text
from event_pages.models.agenda import AgendaPage
from event_pages.models.offer import OfferMixin
from event_pages.models.online_meeting import JoinedOnline
from event_pages.models.organisers import OrganisedPage
from event_pages.models.schedule import Scheduled
from event_pages.models.speakers import Speaker
from event_pages.online_meetings.joining_links import joining_link_of
from event_pages.panels import EditorTabs, event_content_panels, event_schedule_panels, people_panels
from event_pages.parents import is_whole_series, live_parent_of_type
from event_pages.querysets import EventManager
from event_pages.structured_data import event_data
from verkosto.core.blocks import LinkBlock
from verkosto.core.checklist import Check
from verkosto.core.formats import language_name
from verkosto.core.locales import lang_if_different
from verkosto.core.model_fields import DocumentForeignKey
from verkosto.core.models import BasePage
from verkosto.core.page_urls import path_of
from verkosto.core.panels import SummaryPanel
from verkosto.core.renditions import prefetch_image
from verkosto.core.structured_data import as_script_content
from verkosto.directory.models import Venue
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.enums import EventStatus
from verkosto.registrations.facts import CalendarEntry, RegistrationFacts
from verkosto.registrations.models import RegistrablePageMixin

if TYPE_CHECKING:
    from event_pages.models.series import EventSeriesPage


class EventPage(
    EditorTabs,
    Scheduled,
    AgendaPage,
    OrganisedPage,
    OfferMixin,
    JoinedOnline,
    RegistrablePageMixin,
    ContactsMixin,
    BasePage,
):
    """One event. The event types of plugins are subclasses of it, so that lists of events include them."""

    subtitle = models.CharField(_("subtitle"), max_length=250, blank=True)
    kind = models.CharField(_("event type"), max_length=40, choices=event_types, default="meeting")
    number = models.PositiveSmallIntegerField(
        _("number in the series"),
        null=True,
        blank=True,
        help_text=_("Meetings of a series are shown in this order, including those postponed or without a date."),
    )
    attendance = models.CharField(
        pgettext_lazy("of an event", "format"), max_length=10, choices=Attendance.choices, default=Attendance.ON_SITE
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    room = models.CharField(_("room"), max_length=150, blank=True)
    audience = models.TextField(
        _("who it is for"), blank=True, help_text=_("In words. Visitors see this in the event’s details.")
    )
    event_languages = LanguagesField(
        _("languages of the event"),
        help_text=_("The languages spoken at the event, regardless of the page’s language."),
    )
    subject_to_change = models.BooleanField(
        _("subject to change"),
        default=False,
        help_text=_("Shows a note under the programme that changes are possible."),
    )
    invitation = DocumentForeignKey(
        verbose_name=_("invitation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A document that visitors can download and share. Each language may have its own."),
    )
    after_summary = RichTextField(
        _("summary after the event"),
        blank=True,
        features=["h3", "bold", "italic", "link", "document-link", "ul", "ol"],
        help_text=_("When added, it is shown first on the page of the past event."),
    )
    materials = StreamField(
        [("document", DocumentChooserBlock(label=_("Document"))), ("link", LinkBlock())],
        verbose_name=_("materials"),
        blank=True,
    )
    recording_url = models.URLField(_("recording"), blank=True, help_text=_("Public as soon as the address is given."))

    objects: ClassVar[Any] = EventManager()

    file_names = ("event.ics", "event.jsonld")
    is_reset_in_copies = True
    base_form_class = EventForm
    content_panels = event_content_panels
    summary_panels = [SummaryPanel()]
    schedule_panels = [*event_schedule_panels, *OfferMixin.price_panels, *OfferMixin.accommodation_panels]
    people_panels = [
        FieldPanel("audience"),
        *people_panels,
        *OfferMixin.provider_panels,
        *ContactsMixin.contacts_panels,
    ]
    registration_panels = [*RegistrablePageMixin.registration_panels, *OfferMixin.external_registration_panels]
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("audience"),
        index.SearchField("provider_name"),
        index.SearchField("after_summary"),
        index.RelatedFields("agenda_items", [index.SearchField("title"), index.SearchField("abstract")]),
        index.RelatedFields("venue", [index.SearchField("name"), index.SearchField("city")]),
        index.FilterField("kind"),
        index.FilterField("attendance"),
        index.FilterField("sort_start"),
        index.FilterField("sort_end"),
    ]

    parent_page_types = ["verkosto_events.EventIndexPage", "verkosto_events.EventSeriesPage"]
    page_description = _("One meeting, on site or online, with its programme, speakers and registration.")
    subpage_types: list[str] = []
    is_embeddable = True

    calendar_fields = (*Scheduled.calendar_fields, "attendance", "venue_id", "room")
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *Scheduled.schedule_facts,
        *OfferMixin.offer_facts,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *("kind", "number", "attendance", "meeting_provider", "joining_url", "joining_visible_from"),
                *("event_languages", "subject_to_change", "recording_url", "network_links"),
            )
        ),
        SynchronizedField("invitation"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *BasePage.Meta.constraints,
            *Scheduled.schedule_constraints("event_pages_event"),
            *RegistrablePageMixin.registration_constraints("event_pages_event"),
        ]

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        return super().serving_queryset().select_related("venue", "invitation", "privacy_notice")

    @cached_property
    def series(self) -> EventSeriesPage | None:
        """The series that the event is part of: the page above it. Two queries."""
        return live_parent_of_type(self, "verkosto_events.EventSeriesPage")

    @property
    def editor_summary(self) -> list[str]:
        return summary_of(self)

    @property
    def checklist(self) -> list[Check]:
        return [*event_checks(self), *super().checklist]

    def move_dates(self, days: int) -> None:
        """Move the dates of a copy, and remove the joining link and what was added to the original after the event."""
        self.after_summary, self.recording_url = "", ""
        self.joining_url, self.external_registration_url = "", ""
        self.materials = None
        super().move_dates(days)

    @property
    def agenda_periods(self) -> list[tuple[date, date]]:
        return [days for when in (self.current_date, self.planned_date) if (days := when.possible_days)]

    @cached_property
    def shown_agenda(self) -> list[AgendaDay]:
        """The agenda that visitors see: the event's own, or else that of its series."""
        return self.agenda or (self.series.agenda if self.series else [])

    @cached_property
    def speaker_list(self) -> list[Speaker]:
        """Speakers of the whole event, with their pictures. Three queries."""
        speakers = self.speakers.select_related("person__organisation")
        return list(speakers.prefetch_related(prefetch_image("person__picture")))

    @property
    def language_names(self) -> list[str]:
        """Names of the languages of the event, in the active language."""
        return [language_name(code) for code in self.event_languages]

    @property
    def current_attendance(self) -> Attendance:
        """How people take part now: online if the event was moved online, else as planned."""
        return Attendance.ONLINE if self.status == EventStatus.MOVED_ONLINE else Attendance(self.attendance)

    @property
    def is_online_only(self) -> bool:
        """Whether the event is only online, as planned or because it was moved."""
        return self.current_attendance == Attendance.ONLINE

    @property
    def has_online_access(self) -> bool:
        """Whether people can take part online."""
        return self.current_attendance != Attendance.ON_SITE

    @property
    def location_text(self) -> str:
        """Room, venue and address in one line, or that the event is online."""
        return location_text(self)

    @property
    def location_html(self) -> SafeString:
        """The location as HTML, with the language of a venue that is not in the language of the page."""
        return location_html(self)

    @property
    def structured_data(self) -> SafeString | str:
        """schema.org/Event as the content of a JSON-LD script, or "" where no day is known."""
        return as_script_content(data) if (data := event_data(self)) else ""

    @property
    def calendar_uid(self) -> str:
        """The UID in calendars: the same in all languages, and it never changes (RFC 5545 §3.8.4.7)."""
        return f"{self.translation_key}@verkosto"

    @property
    def registration_page(self) -> RegistrablePageMixin | None:
        """The page that takes the registrations: the event, or its series if people register for the whole series."""
        series = self.series
        if series and series.registration_enabled and series.registration_scope == RegistrationScope.WHOLE:
            return series
        return super().registration_page

    def takes_places_of(self, parent: Page) -> bool:
        """Return whether people register for the whole series. One query for an event of a series."""
        return is_whole_series(parent)

    def registration_facts(self, language: str) -> RegistrationFacts:
        """Return the facts and texts about the event that mails use, in a language."""
        version = self.in_language(language)
        starts_at, ends_at = self.span
        with translation.override(language):
            return RegistrationFacts(
                title=version.title,
                url=path_of(version),
                when=self.date_text,
                where=version.location_text,
                where_language=lang_if_different(version.venue),
                on_site=not self.is_online_only,
                status=self.status,
                status_note=version.status_note,
                starts_at=starts_at,
                ends_at=ends_at,
                timezone=self.timezone,
                joining=joining_link_of(self),
                joining_visible_from=self.joining_visible_from,
                entries=self.calendar_entries(version),
            )

    def calendar_entries(self, version: EventPage) -> tuple[CalendarEntry, ...]:
        """Return the event as an entry of a registrant's calendar, with the text of a language version."""
        entry = registrant_entry(self, version)
        return (entry,) if entry else ()
