from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.dates import EventDate
from event_pages.enums import DatePrecision
from event_pages.models import OrganisedPage
from event_pages.panels import EditorTabs, organisers_panel
from event_pages.parents import live_parent
from network_pages.models.learning_pairs import LearningPair, PairMember
from network_pages.models.story_links import StoryLink
from network_pages.querysets import RoundManager
from network_pages.stories import latest_stories, published_versions
from verkosto.core.models import BasePage
from verkosto.core.page_urls import path_of
from verkosto.directory.models import Organisation
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.models import RegistrablePageMixin


class ProgrammeRoundPage(EditorTabs, OrganisedPage, RegistrablePageMixin, ContactsMixin, BasePage):
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
    page_description = _("One run of the programme, with its days, participants, learning pairs and application form.")
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

    @property
    def programme(self) -> Page | None:
        """The programme of the round, where that is published."""
        return live_parent(self)

    @property
    def first_day(self) -> date | None:
        return self.starts_on

    @property
    def period(self) -> EventDate:
        """The first and last day of the round."""
        precision = DatePrecision.DATE if self.starts_on else DatePrecision.UNANNOUNCED
        return EventDate(precision=precision, zone=settings.TIME_ZONE, first_day=self.starts_on, last_day=self.ends_on)

    @cached_property
    def participant_list(self) -> list[Organisation]:
        """The participating organisations in the editor's order. One query."""
        return [row.organisation for row in self.participants.select_related("organisation")]

    @cached_property
    def pairs(self) -> list[LearningPair]:
        """The learning pairs with their organisations and stories. Two queries, and three where there are stories."""
        members = Prefetch("members", queryset=PairMember.objects.select_related("organisation"))
        pairs = list(self.learning_pairs.prefetch_related(members))
        stories = published_versions({pair.story_id for pair in pairs if pair.story_id}, self.locale_id)
        for pair in pairs:
            pair.shown_story = stories.get(pair.story_id or 0)
        return pairs

    @cached_property
    def stories(self) -> list[Page]:
        """The latest stories below the round, and those it names."""
        below = Q(pk__in=self.get_children().values("pk"))
        named = StoryLink.objects.filter(page=self.pk).values("story__translation_key")
        return latest_stories((below | Q(translation_key__in=named)) & Q(locale_id=self.locale_id))

    def registration_facts(self, language: str) -> RegistrationFacts:
        """Return what mails may say about the round, in a language."""
        version = self.in_language(language)
        starts_at, ends_at = self.period.span if self.starts_on else (None, None)
        with translation.override(language):
            return RegistrationFacts(
                title=version.title,
                url=path_of(version),
                when=self.period.text() if self.starts_on else "",
                starts_at=starts_at,
                ends_at=ends_at,
            )
