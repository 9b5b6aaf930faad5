from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.dates import year_range
from event_pages.enums import CALENDAR_FILES, RegistrationScope, SeriesKind
from event_pages.fields import LanguagesField
from event_pages.forms import AgendaForm
from event_pages.models.agenda import AgendaPage
from event_pages.models.event import EventPage
from event_pages.models.organisers import OrganisedPage
from event_pages.panels import EditorTabs, agenda_panel, networks_panel, organisers_panel
from event_pages.querysets import EventQuerySet
from event_pages.structured_data import series_data
from verkosto.core.models import BasePage
from verkosto.core.page_urls import path_of
from verkosto.core.panels import SummaryPanel
from verkosto.core.structured_data import as_script_content
from verkosto.core.translation_fields import ShownUntranslated
from verkosto.directory.models import Person, Venue
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.facts import CalendarEntry, RegistrationFacts
from verkosto.registrations.models import RegistrablePageMixin


class EventSeriesPage(EditorTabs, AgendaPage, OrganisedPage, RegistrablePageMixin, ContactsMixin, BasePage):
    """Events that belong together: the season of a network, a tour of places, a course."""

    kind = models.CharField(_("type"), max_length=10, choices=SeriesKind.choices, default=SeriesKind.SERIES)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("If left empty, the series lasts one year or is ongoing.")
    )
    term = models.CharField(
        _("term"), max_length=100, blank=True, help_text=_("In words, such as “spring term”. Shown next to the years.")
    )
    facilitator = models.ForeignKey(
        Person,
        verbose_name=_("facilitator"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown on the page with picture and biography."),
    )
    audience = models.TextField(
        _("who it is for"), blank=True, help_text=_("In words. Visitors see this in the event’s details.")
    )
    event_languages = LanguagesField(_("languages of the events"))
    registration_scope = models.CharField(
        _("registration covers"),
        max_length=10,
        choices=RegistrationScope.choices,
        default=RegistrationScope.EACH,
        help_text=_("With a single registration for the series, the events’ pages link here for registration."),
    )
    subject_to_change = models.BooleanField(
        _("subject to change"),
        default=False,
        help_text=_("Shows a note under the list of events that changes are possible."),
    )

    base_form_class = AgendaForm
    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("kind"),
        *BasePage.content_panels[1:],
        agenda_panel,
        FieldPanel("subject_to_change"),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    summary_panels = [SummaryPanel()]
    schedule_panels = [
        MultiFieldPanel([FieldRowPanel(["first_year", "last_year"]), "term"], heading=_("Years and terms")),
        InlinePanel(
            "stops",
            heading=pgettext_lazy("stops of a tour", "Places"),
            label=_("Place"),
            help_text=_("The stops of a tour, in order."),
        ),
        FieldPanel("event_languages"),
    ]
    people_panels = [
        FieldPanel("audience"),
        FieldPanel("facilitator"),
        organisers_panel,
        networks_panel,
        *ContactsMixin.contacts_panels,
    ]
    registration_panels = [FieldPanel("registration_scope"), *RegistrablePageMixin.registration_panels]
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("audience"),
        index.SearchField("term"),
        index.RelatedFields("agenda_items", [index.SearchField("title"), index.SearchField("abstract")]),
        index.RelatedFields("stops", [index.SearchField("name")]),
        index.FilterField("kind"),
    ]

    parent_page_types = ["verkosto_events.EventIndexPage"]
    page_description = _("Events that belong together, such as a season, a tour or a course.")
    file_names = CALENDAR_FILES
    is_embeddable = True
    subpage_types = ["verkosto_events.EventPage"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *("kind", "first_year", "last_year", "event_languages", "registration_scope", "subject_to_change"),
                "network_links",
            )
        ),
    ]

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        constraints = [
            *BasePage.Meta.constraints,
            *RegistrablePageMixin.registration_constraints("event_pages_series"),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="event_pages_series_last_year_after_first",
                violation_error_message=_("The last year is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(first_year__isnull=False),
                name="event_pages_series_last_year_has_first",
                violation_error_message=_("Give the first year as well."),
            ),
        ]

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        joined = ("facilitator__organisation", "facilitator__picture", "privacy_notice")
        return super().serving_queryset().select_related(*joined)

    @property
    def calendar_events(self) -> EventQuerySet:
        """The public events of the series, for its calendar and feeds."""
        return EventPage.objects.visible().of_series(self)

    @property
    def editor_summary(self) -> list[str]:
        """Term, years, places and deadline in the active language."""
        when = " ".join(part for part in (self.term, self.years) if part)
        return [part for part in (when, *self.registration_summary) if part]

    @property
    def first_day(self) -> date | None:
        """The first day of the earliest event of the series, published or not. One query."""
        event = EventPage.objects.child_of(self).dated().chronological().first()
        return event.first_day if event else None

    def move_dates(self, days: int) -> None:
        """Move the dates of a copy, and its years by as many as the year of its first day moves. One query."""
        if (first_day := self.first_day) and self.first_year:
            years = (first_day + timedelta(days=days)).year - first_day.year
            self.first_year += years
            self.last_year = self.last_year and self.last_year + years
        super().move_dates(days)

    @property
    def agenda_periods(self) -> list[tuple[date, date]]:
        if not self.first_year or not self.last_year:
            return []  # without a last year it may be ongoing
        return [(date(self.first_year, 1, 1), date(self.last_year, 12, 31))]

    @cached_property
    def events(self) -> list[EventPage]:
        """The public events of the series in order, including postponed ones and those without a date. One query."""
        return list(self.calendar_events.for_listing())

    @property
    def structured_data(self) -> SafeString | str:
        """schema.org/EventSeries as the content of a JSON-LD script, or "" where no event has a day."""
        return as_script_content(data) if (data := series_data(self)) else ""

    @property
    def years(self) -> str:
        """The years as "2019–2020", "2019", or ""."""
        return year_range(self.first_year, self.last_year)

    @cached_property
    def stop_list(self) -> list[TourStop]:
        """The stops of a tour in order. One query."""
        return list(self.stops.select_related("venue"))

    def registration_facts(self, language: str) -> RegistrationFacts:
        """Return the facts and texts about the series that mails use, in a language."""
        version = self.in_language(language)
        with translation.override(language):
            events = [self.drafts.get(event.pk, event) for event in self.calendar_events.select_related("venue")]
            spans = [event.span for event in events if event.span[0]]
            return RegistrationFacts(
                title=version.title,
                url=path_of(version),
                when=" ".join(part for part in (version.term, self.years) if part),
                starts_at=min((start for start, _ in spans), default=None),
                ends_at=max((end for _, end in spans), default=None),
                on_site=any(not event.is_online_only for event in events),
                entries=tuple(self._entries(events, language)),
            )

    def _entries(self, events: Iterable[EventPage], language: str) -> Iterator[CalendarEntry]:
        """Yield the calendar entries of the events. With one registration for all, each may have fewer places."""
        is_whole = self.registration_scope == RegistrationScope.WHOLE
        for event in events:
            for entry in event.calendar_entries(event.in_language(language)):
                yield replace(entry, capacity=event.capacity if is_whole else None)


class TourStop(ShownUntranslated, TranslatableMixin, Orderable):
    """A stop of a tour, known by its town before there is a venue or a date."""

    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="stops")
    name = models.CharField(_("town or place"), max_length=100)
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = ["name", "venue"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("place")
        verbose_name_plural = pgettext_lazy("stops of a tour", "places")

    def __str__(self) -> str:
        return self.name
