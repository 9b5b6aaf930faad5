from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.panels import EditorTabs
from network_pages.blocks import AddressesBlock, SentencesBlock
from network_pages.pages import NetworkIndexPublicSide, NetworkPublicSide
from network_pages.querysets import NetworkManager
from verkosto.core.models import BasePage
from verkosto.directory.models import Person
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.models import RegistrablePageMixin

WORDS = ["bold", "italic", "link", "ul", "ol"]


def related_projects() -> StreamField:
    return StreamField(
        AddressesBlock(),
        verbose_name=_("projects and working groups"),
        blank=True,
        help_text=_("Shown as a list of links. Each language may have its own."),
    )


class NetworkIndexPage(NetworkIndexPublicSide, EditorTabs, ContactsMixin, BasePage):
    """The networks of a language, and what belongs to none of them."""

    related_projects = related_projects()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("related_projects"),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = ContactsMixin.contacts_panels

    subpage_types = ["verkosto_networks.NetworkPage", "verkosto_networks.SmallGroupPage"]

    override_translatable_fields = BasePage.override_translatable_fields

    class Meta:
        verbose_name = _("list of networks")
        verbose_name_plural = _("lists of networks")
        constraints = BasePage.Meta.constraints


class NetworkPage(NetworkPublicSide, EditorTabs, RegistrablePageMixin, ContactsMixin, BasePage):
    """A standing circle of people with a purpose, members and meetings."""

    class Kind(models.TextChoices):
        FORUM = "forum", pgettext_lazy("kind of network", "Forum")
        PROFESSIONAL = "professional", pgettext_lazy("kind of network", "Professional network")
        ALUMNI = "alumni", pgettext_lazy("kind of network", "Alumni network")
        ONLINE = "online", pgettext_lazy("kind of network", "Online network")
        PEER_GROUP = "peer_group", pgettext_lazy("kind of network", "Peer group")

    class Joining(models.TextChoices):
        POSITION = "position", _("By position")
        APPLICATION = "application", _("By application")
        INVITATION = "invitation", _("By invitation")
        OPEN = "open", _("Open to all")

    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices, default=Kind.PROFESSIONAL)
    purpose = RichTextField(
        _("purpose"), blank=True, features=WORDS, help_text=_("Shown first on the page: what the network is for.")
    )
    lead_questions = StreamField(
        SentencesBlock(),
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
        AddressesBlock(),
        verbose_name=_("online networks"),
        blank=True,
        help_text=_("Groups on social media and elsewhere. Each language may have its own."),
    )
    related_projects = related_projects()

    objects: ClassVar[Any] = NetworkManager()

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("purpose"),
        FieldPanel("lead_questions"),
        MultiFieldPanel(["who_belongs", "joining", "joining_note"], heading=_("Membership")),
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
        index.SearchField("who_belongs"),
        index.SearchField("rhythm"),
        index.FilterField("kind"),
    ]

    parent_page_types = ["verkosto_networks.NetworkIndexPage"]
    subpage_types = [
        "verkosto_networks.SmallGroupPage",
        "verkosto_events.EventSeriesPage",
        "verkosto_events.EventPage",
    ]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *(SynchronizedField(name, overridable=False) for name in ("kind", "joining", "founded")),
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
