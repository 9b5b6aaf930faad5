from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.enums import CALENDAR_FILES
from event_pages.models import EventPage, EventSeriesPage, NetworkLink
from event_pages.panels import EditorTabs
from event_pages.querysets import EventQuerySet
from network_pages.blocks import LinkListBlock, SentenceListBlock
from network_pages.enums import Joining, NetworkKind
from network_pages.fields import related_projects_field
from network_pages.models.membership import Membership
from network_pages.models.organisations import CommitteeMember
from network_pages.models.small_group import SmallGroupPage, count_members
from network_pages.querysets import NetworkManager
from network_pages.stories import latest_stories
from verkosto.core.models import BasePage
from verkosto.core.page_urls import path_of
from verkosto.directory.models import Organisation, Person
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.models import RegistrablePageMixin

#: How many upcoming and how many past events a network's page shows.
MAX_EVENTS = 6
TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]


class NetworkPage(EditorTabs, RegistrablePageMixin, ContactsMixin, BasePage):
    """A permanent group of people with a purpose, members and meetings."""

    kind = models.CharField(_("type"), max_length=12, choices=NetworkKind.choices, default=NetworkKind.PROFESSIONAL)
    purpose = RichTextField(
        _("purpose"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Shown first on the page: what the network is for."),
    )
    lead_questions = StreamField(
        SentenceListBlock(),
        verbose_name=_("lead questions"),
        blank=True,
        help_text=_("The questions the network works on, shown as a list."),
    )
    who_belongs = models.TextField(
        _("who can join"), blank=True, help_text=_("In words, such as “heads of HR of all agencies”.")
    )
    joining = models.CharField(_("how to join"), max_length=12, choices=Joining.choices, default=Joining.POSITION)
    joining_note = models.TextField(
        _("how to join, in words"), blank=True, help_text=_("Who to contact, or how long the membership lasts.")
    )
    rhythm = models.TextField(
        _("meeting frequency"), blank=True, help_text=_("How often the network meets and in what format, in words.")
    )
    member_count = models.PositiveIntegerField(
        _("number of members shown as"),
        null=True,
        blank=True,
        help_text=_(
            "If left empty, the number of current members is shown. Only the number is public, never the names."
        ),
    )
    founded = models.PositiveSmallIntegerField(_("year founded"), null=True, blank=True)
    facilitator = models.ForeignKey(
        Person,
        verbose_name=_("facilitator"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown on the page with picture and biography."),
    )
    online_links = StreamField(
        LinkListBlock(),
        verbose_name=_("online networks"),
        blank=True,
        help_text=_("Groups on social media and elsewhere. Each language may have its own."),
    )
    related_projects = related_projects_field()

    objects: ClassVar[Any] = NetworkManager()

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("purpose"),
        FieldPanel("lead_questions"),
        MultiFieldPanel(["who_belongs", "joining", "joining_note", "member_count"], heading=_("Membership")),
        FieldRowPanel(["rhythm", "founded"]),
        FieldPanel("body"),
        FieldPanel("online_links"),
        FieldPanel("related_projects"),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = [
        InlinePanel(
            "hosts",
            heading=_("Hosts"),
            label=_("Host"),
            help_text=_("Their description in the directory is shown as “About the organiser”."),
        ),
        FieldPanel("facilitator"),
        InlinePanel("committee", heading=_("Working committee"), label=_("Member")),
        InlinePanel("member_organisations", heading=_("Member organisations"), label=_("Organisation")),
        *ContactsMixin.contacts_panels,
    ]
    registration_panels = RegistrablePageMixin.registration_panels
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("purpose"),
        index.SearchField("lead_questions"),
        index.SearchField("who_belongs"),
        index.SearchField("joining_note"),
        index.SearchField("rhythm"),
        index.FilterField("kind"),
    ]

    parent_page_types = ["verkosto_networks.NetworkIndexPage"]
    page_description = _("A standing group of people with a purpose, members and meetings.")
    file_names = CALENDAR_FILES
    is_embeddable = True
    subpage_types = [
        "verkosto_networks.SmallGroupPage",
        "verkosto_events.EventSeriesPage",
        "verkosto_events.EventPage",
    ]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *(SynchronizedField(name, overridable=False) for name in ("kind", "joining", "founded", "member_count")),
    ]

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            *BasePage.Meta.constraints,
            *RegistrablePageMixin.registration_constraints("network_pages_network"),
        ]

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        joined = ("facilitator__organisation", "facilitator__picture", "privacy_notice")
        return super().serving_queryset().select_related(*joined)

    @cached_property
    def host_list(self) -> list[Organisation]:
        """The hosts in the editor's order. One query."""
        return [row.organisation for row in self.hosts.select_related("organisation")]

    @cached_property
    def member_list(self) -> list[Organisation]:
        """The member organisations in the editor's order. One query."""
        return [row.organisation for row in self.member_organisations.select_related("organisation")]

    @cached_property
    def committee_list(self) -> list[CommitteeMember]:
        """The working committee in the editor's order. One query."""
        return list(self.committee.select_related("person__organisation"))

    @cached_property
    def small_groups(self) -> list[SmallGroupPage]:
        """Its groups that have not ended, with the numbers of their members. Two queries."""
        groups = list(SmallGroupPage.objects.live().child_of(self).not_ended().for_listing())
        count_members(groups)
        return groups

    @cached_property
    def number_of_members(self) -> int | None:
        """How many members the page says the network has; None for none. One query, unless the editor has set a number."""
        return self.member_count or Membership.objects.of_page(self).current().number()

    @property
    def people_in_groups(self) -> int:
        """How many people its groups have, as far as the groups say."""
        return sum(group.number_of_members or 0 for group in self.small_groups)

    @cached_property
    def series_list(self) -> list[EventSeriesPage]:
        """Its series, those below it and those elsewhere that name it, the latest first. One query."""
        series = EventSeriesPage.objects.live().filter(self._named_by | Q(path__startswith=self.path))
        return list(series.order_by("-first_year", "-path").defer_streamfields())

    @property
    def calendar_events(self) -> EventQuerySet:
        """Its public events: those below it, and those elsewhere that name it."""
        return EventPage.objects.visible().in_locale(self.locale_id).of_network(self)

    @cached_property
    def upcoming_events(self) -> list[EventPage]:
        """The next events in order. One query."""
        return list(self.calendar_events.upcoming().for_listing()[:MAX_EVENTS])

    @cached_property
    def past_events(self) -> list[EventPage]:
        """The latest past events, the latest first. One query."""
        return list(self.calendar_events.past().for_listing()[:MAX_EVENTS])

    @cached_property
    def stories(self) -> list[Page]:
        """The latest stories below the network, and those elsewhere that name it."""
        below = Q(pk__in=self.get_children().values("pk"))
        return latest_stories((self._named_by | below) & Q(locale_id=self.locale_id))

    @property
    def _named_by(self) -> Q:
        """The condition that a page names this network, in whichever language version."""
        links = NetworkLink.objects.filter(network_page__translation_key=self.translation_key)
        return Q(pk__in=links.values("page"))

    def registration_facts(self, language: str) -> RegistrationFacts:
        """Return what mails may say about the network, in a language."""
        version = self.in_language(language)
        return RegistrationFacts(title=version.title, url=path_of(version), when=version.rhythm)
