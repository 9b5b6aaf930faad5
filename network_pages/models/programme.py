from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.dates import year_range
from event_pages.models import OrganisedPage, PricedPage, ProvidedPage
from event_pages.panels import EditorTabs, networks_panel, organisers_panel
from network_pages.models.programme_round import ProgrammeRoundPage
from network_pages.stories import latest_stories
from verkosto.core.models import BasePage
from verkosto.core.structured_data import CONTEXT, as_script_content
from verkosto.core.text import clean_line, clean_text
from verkosto.directory.pages import ContactsMixin


class ProgrammePage(EditorTabs, OrganisedPage, PricedPage, ProvidedPage, ContactsMixin, BasePage):
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
        *PricedPage.price_panels,
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = [
        organisers_panel,
        *ProvidedPage.provider_panels,
        networks_panel,
        *ContactsMixin.contacts_panels,
    ]
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [*BasePage.search_fields, index.SearchField("provider_name"), index.FilterField("is_closed")]

    page_description = _(
        "A development programme with its purpose and its rounds, or one that another organisation holds."
    )
    subpage_types = ["verkosto_networks.ProgrammeRoundPage"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *PricedPage.price_facts,
        *ProvidedPage.provider_facts,
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

    @property
    def years(self) -> str:
        """The years as "2008–2018", "2019–" for an ongoing programme, or ""."""
        if self.first_year and not self.last_year and not self.is_closed:
            return f"{self.first_year}–"
        return year_range(self.first_year, self.last_year)

    @property
    def structured_data(self) -> SafeString | str:
        """A programme that another organisation holds as schema.org/Course; "" for one of the organisation's own."""
        if not self.provider_data:
            return ""
        data = {
            "@context": CONTEXT,
            "@type": "Course",
            "name": clean_line(self.title),
            "description": clean_text(self.summary),
            "url": self.full_url,
            "provider": self.provider_data,
            "offers": [{**offer, "url": self.provider_url or self.full_url} for offer in self.offer_data],
        }
        return as_script_content({key: value for key, value in data.items() if value} | self.free_data)

    @cached_property
    def rounds(self) -> list[ProgrammeRoundPage]:
        """Its rounds, the latest first. One query."""
        return list(ProgrammeRoundPage.objects.live().child_of(self).latest_first().for_listing())

    @cached_property
    def stories(self) -> list[Page]:
        """The latest stories below the programme and its rounds."""
        return latest_stories(Q(path__startswith=self.path, depth__gt=self.depth))
