"""The agenda of an event or a series."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from event_pages.agenda import AgendaDay, group_by_day
from event_pages.enums import AgendaItemKind, AgendaPlacement
from event_pages.models.speakers import PersonInRole
from verkosto.core.conditional_panels import shown_if_or_filled
from verkosto.core.constraints import ConstraintErrorsByField
from verkosto.core.text import clean_line
from verkosto.core.translation_fields import ShownUntranslated


class AgendaItem(ConstraintErrorsByField, ShownUntranslated, TranslatableMixin, ClusterableModel, Orderable):
    """A session, a break or another item of an agenda, with its speakers."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="agenda_items")
    kind = models.CharField(
        _("type"),
        max_length=10,
        choices=AgendaItemKind.choices,
        default=AgendaItemKind.SESSION,
        help_text=_("Breaks are shown less prominently."),
    )
    placement = models.CharField(
        pgettext_lazy("agenda item", "position"),
        max_length=10,
        choices=AgendaPlacement.choices,
        default=AgendaPlacement.OWN,
        help_text=_("Parts are listed below their item. Items at the same time are shown next to each other."),
    )
    day = models.DateField(
        _("day"),
        null=True,
        blank=True,
        help_text=_("For an event of several days. If left empty, the same day as the previous item."),
    )
    starts_at = models.TimeField(_("from"), null=True, blank=True, help_text=_("In the time zone of the event."))
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=250)
    room = models.CharField(
        _("room or track"),
        max_length=150,
        blank=True,
        help_text=_("Shown with the item, such as “Room 2” or “Track B”."),
    )
    option = models.CharField(
        _("option in the registration form"),
        max_length=255,
        blank=True,
        help_text=_(
            "If people choose this item when they register: the option, exactly as you wrote it in the question. Visitors "
            "see here when its places are taken."
        ),
    )
    abstract = RichTextField(_("abstract"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    panels = [
        FieldRowPanel(["kind", "day", "starts_at", "ends_at"]),
        FieldPanel("title"),
        FieldPanel("abstract"),
        FieldRowPanel(["placement", "room"]),
        FieldPanel("option", attrs=shown_if_or_filled(registration_enabled=("on",))),
        InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
    ]

    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ("kind", "placement", "day", "starts_at", "ends_at", "option")
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="event_pages_agendaitem_ends_after_start",
                violation_error_message=_("The agenda item ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                name="event_pages_agendaitem_end_has_start",
                violation_error_message=_("Give a start time as well: the agenda item has an end time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def option_key(self) -> str:
        """The option as ``FormContext.full_options`` has it; "" for an item that nobody chooses in the form."""
        return clean_line(self.option).casefold()


class AgendaSpeaker(PersonInRole):
    """A speaker of one agenda item."""

    item = ParentalKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")

    class Meta(PersonInRole.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")


class AgendaPage(models.Model):
    """A base class of page types with an agenda."""

    agenda_items: Any  # reverse of AgendaItem.page

    class Meta:
        abstract = True

    @property
    def agenda_periods(self) -> list[tuple[date, date]]:
        """The periods (first day, last day) in which agenda items may be, the current one first; [] for any day."""
        return []

    def remove_people(self) -> None:
        """Remove the persons among the speakers of a copy. Their roles stay."""
        lists = [item.speakers for item in self.agenda_items.get_object_list()]
        if hasattr(self, "speakers"):
            lists.append(self.speakers)
        for speakers in lists:
            speakers.set([row for row in speakers.get_object_list() if row.role])
            for row in speakers.get_object_list():
                row.person = None
        super().remove_people()  # type: ignore[misc]  # a page's

    @cached_property
    def agenda(self) -> list[AgendaDay]:
        """The page's own agenda by days, with its speakers. Two queries."""
        speakers = Prefetch("speakers", queryset=AgendaSpeaker.objects.select_related("person__organisation"))
        return group_by_day(self.agenda_items.prefetch_related(speakers))
