from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.editor import networks_panel, organisers_panel
from event_pages.panels import EditorTabs
from network_pages.pages import ProgrammePublicSide, RoundPublicSide
from network_pages.querysets import RoundManager
from verkosto.core.models import BasePage
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.models import RegistrablePageMixin


class ProgrammePage(ProgrammePublicSide, EditorTabs, ContactsMixin, BasePage):
    """A development programme that runs in rounds."""

    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("If left empty, the programme is ongoing.")
    )
    is_closed = models.BooleanField(
        _("closed"), default=False, help_text=_("Visitors see that the programme has ended. Its pages are kept.")
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldRowPanel(["first_year", "last_year"]), "is_closed"], heading=_("Years")),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = [organisers_panel, networks_panel, *ContactsMixin.contacts_panels]
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [*BasePage.search_fields, index.FilterField("is_closed")]

    subpage_types = ["verkosto_networks.ProgrammeRoundPage"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("first_year", "last_year", "is_closed", "network_links")
        ),
    ]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            *BasePage.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="network_pages_programme_last_year_after_first",
                violation_error_message=_("The last year is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(first_year__isnull=False),
                name="network_pages_programme_last_year_has_first",
                violation_error_message=_("Give the first year as well."),
            ),
        ]


class ProgrammeRoundPage(RoundPublicSide, EditorTabs, RegistrablePageMixin, ContactsMixin, BasePage):
    """A round of a programme, in which organisations work in learning pairs. Its application is its registration."""

    number = models.PositiveSmallIntegerField(
        _("number of the round"), null=True, blank=True, help_text=_("Rounds are shown in this order, latest first.")
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[Any] = RoundManager()

    content_panels = [
        *BasePage.content_panels[:1],
        MultiFieldPanel(["number", FieldRowPanel(["starts_on", "ends_on"])], heading=_("The round")),
        *BasePage.content_panels[1:],
        InlinePanel("learning_pairs", heading=_("Learning pairs"), label=_("Learning pair")),
        InlinePanel(
            "story_links",
            heading=_("Stories"),
            label=_("Story"),
            help_text=_(
                "Stories below this page are shown automatically. Choose here stories from elsewhere on the site."
            ),
        ),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = [
        InlinePanel("participants", heading=_("Participating organisations"), label=_("Organisation")),
        organisers_panel,
        *ContactsMixin.contacts_panels,
    ]
    registration_panels = RegistrablePageMixin.registration_panels
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields("learning_pairs", [index.SearchField("theme"), index.SearchField("results")]),
        index.FilterField("number"),
    ]

    parent_page_types = ["verkosto_networks.ProgrammePage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *(SynchronizedField(name, overridable=False) for name in ("number", "starts_on", "ends_on", "story_links")),
    ]

    class Meta:
        verbose_name = _("round of a programme")
        verbose_name_plural = _("rounds of programmes")
        constraints = [
            *BasePage.Meta.constraints,
            *RegistrablePageMixin.registration_constraints("network_pages_round"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="network_pages_round_ends_after_start",
                violation_error_message=_("The round ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on__isnull=False),
                name="network_pages_round_end_has_start",
                violation_error_message=_("Give the first day as well: the round has a last day."),
            ),
        ]
