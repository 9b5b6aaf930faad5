from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.editor import agenda_panel, networks_panel, organisers_panel
from event_pages.fields import LanguagesField
from event_pages.pages import SeriesPublicSide
from event_pages.panels import EditorTabs
from verkosto.core.models import BasePage
from verkosto.directory.models import Person, Venue
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.models import RegistrablePageMixin


class EventSeriesPage(SeriesPublicSide, EditorTabs, RegistrablePageMixin, ContactsMixin, BasePage):
    """Events that belong together: the season of a network, a tour of places, a course."""

    class Kind(models.TextChoices):
        SEASON = "season", pgettext_lazy("kind of series", "Season")
        TOUR = "tour", pgettext_lazy("kind of series", "Tour")
        COURSE = "course", pgettext_lazy("kind of series", "Course")
        SERIES = "series", pgettext_lazy("kind of series", "Series")

    class Scope(models.TextChoices):
        WHOLE = "whole", _("One registration for the whole series")
        EACH = "each", _("A separate registration for each event")

    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices, default=Kind.SERIES)
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
        choices=Scope.choices,
        default=Scope.EACH,
        help_text=_("With a single registration for the series, the events’ pages link here for registration."),
    )
    subject_to_change = models.BooleanField(
        _("subject to change"),
        default=False,
        help_text=_("Shows a note under the list of events that changes are possible."),
    )

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
    schedule_panels = [
        MultiFieldPanel([FieldRowPanel(["first_year", "last_year"]), "term"], heading=_("Years and terms")),
        InlinePanel(
            "places",
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
        index.FilterField("kind"),
    ]

    parent_page_types = ["verkosto_events.EventIndexPage"]
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


class SeriesPlace(TranslatableMixin, Orderable):
    """A stop of a tour, known by its town before there is a venue or a date."""

    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="places")
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
