from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.editor import EventForm, after_panels, agenda_panel, event_schedule_panels, people_panels
from event_pages.event_types import event_kinds
from event_pages.fields import LanguagesField
from event_pages.models.schedule import Scheduled
from event_pages.pages import EventPublicSide
from event_pages.panels import EditorTabs
from event_pages.querysets import EventManager
from verkosto.core.blocks import LinkBlock
from verkosto.core.model_fields import DocumentForeignKey
from verkosto.core.models import BasePage
from verkosto.directory.models import Venue
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.models import RegistrablePageMixin


class EventPage(EventPublicSide, EditorTabs, Scheduled, RegistrablePageMixin, ContactsMixin, BasePage):
    """One meeting. Concrete, so that a plugin's event type is a subclass and stands in every list."""

    class Attendance(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("On site and online")

    subtitle = models.CharField(_("subtitle"), max_length=250, blank=True)
    kind = models.CharField(_("event type"), max_length=40, choices=event_kinds, default="meeting")
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
    joining_url = models.URLField(
        _("joining link"),
        max_length=1000,
        blank=True,
        help_text=_("Never public. Only people with a place get it, by email and on their registration page."),
    )
    joining_visible_from = models.DateTimeField(
        _("send joining link from"),
        null=True,
        blank=True,
        help_text=_("If left empty, the link is sent with the confirmation."),
    )
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

    listing_image_filter_spec = "width-1200"
    base_form_class = EventForm
    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("subtitle"),
        FieldPanel("kind"),
        *BasePage.content_panels[1:],
        agenda_panel,
        FieldPanel("subject_to_change"),
        FieldPanel("invitation"),
        *after_panels,
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    schedule_panels = event_schedule_panels
    people_panels = [FieldPanel("audience"), *people_panels, *ContactsMixin.contacts_panels]
    registration_panels = RegistrablePageMixin.registration_panels
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("audience"),
        index.SearchField("after_summary"),
        index.RelatedFields("agenda_items", [index.SearchField("title"), index.SearchField("abstract")]),
        index.RelatedFields("venue", [index.SearchField("name"), index.SearchField("city")]),
        index.FilterField("kind"),
        index.FilterField("attendance"),
        index.FilterField("sort_start"),
        index.FilterField("sort_end"),
    ]

    parent_page_types = ["verkosto_events.EventIndexPage", "verkosto_events.EventSeriesPage"]
    subpage_types: list[str] = []

    calendar_fields = (*Scheduled.calendar_fields, "attendance", "venue_id", "room")
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *Scheduled.schedule_facts,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *("kind", "number", "attendance", "joining_url", "joining_visible_from", "event_languages"),
                *("subject_to_change", "recording_url", "network_links"),
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
