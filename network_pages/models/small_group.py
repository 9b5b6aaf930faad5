from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from event_pages.panels import EditorTabs
from event_pages.parents import live_parent_of_type
from network_pages.blocks import SentenceListBlock
from network_pages.enums import GroupStatus
from network_pages.models.membership import Membership
from network_pages.querysets import SmallGroupManager
from verkosto.core.models import BasePage
from verkosto.core.page_urls import path_of
from verkosto.directory.models import Person
from verkosto.directory.pages import ContactsMixin
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.models import RegistrablePageMixin


class SmallGroupPage(EditorTabs, RegistrablePageMixin, ContactsMixin, BasePage):
    """Eight to ten members of a network who support each other. Its members are never public."""

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=GroupStatus.choices,
        default=GroupStatus.FORMING,
        help_text=_(
            "Visitors see whether the group accepts new members. An ended group is removed from the network’s page."
        ),
    )
    size_from = models.PositiveSmallIntegerField(_("minimum number of members"), default=8)
    size_to = models.PositiveSmallIntegerField(_("maximum number of members"), default=10)
    member_count = models.PositiveSmallIntegerField(
        _("number of members shown as"),
        null=True,
        blank=True,
        help_text=_(
            "If left empty, the number of current members is shown. Only the number is public, never the names."
        ),
    )
    founded = models.PositiveSmallIntegerField(_("year founded"), null=True, blank=True)
    principles = StreamField(
        SentenceListBlock(),
        verbose_name=_("principles"),
        blank=True,
        help_text=_("What the members agree on. If left empty, the principles of the network’s page apply."),
    )
    convener = models.ForeignKey(
        Person,
        verbose_name=_("convener"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Convenes the group. Shown on the page with name and title."),
    )

    objects: ClassVar[Any] = SmallGroupManager()

    content_panels = [
        *BasePage.content_panels[:1],
        MultiFieldPanel(
            ["status", FieldRowPanel(["size_from", "size_to", "member_count"]), "founded"], heading=_("The group")
        ),
        FieldPanel("summary"),
        FieldPanel("principles"),
        FieldPanel("body"),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = [FieldPanel("convener"), *ContactsMixin.contacts_panels]
    registration_panels = RegistrablePageMixin.registration_panels
    promote_panels = [*ContactsMixin.topic_panels, *BasePage.promote_panels]

    search_fields = [*BasePage.search_fields, index.SearchField("principles"), index.FilterField("status")]

    parent_page_types = ["verkosto_networks.NetworkPage", "verkosto_networks.NetworkIndexPage"]
    page_description = _("Eight to ten members of a network who support each other.")
    subpage_types: list[str] = []

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *RegistrablePageMixin.registration_translation_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("status", "size_from", "size_to", "member_count", "founded")
        ),
    ]

    class Meta:
        verbose_name = _("small group")
        verbose_name_plural = _("small groups")
        constraints = [
            *BasePage.Meta.constraints,
            *RegistrablePageMixin.registration_constraints("network_pages_smallgroup"),
            models.CheckConstraint(
                condition=Q(size_to__gte=F("size_from")),
                name="network_pages_smallgroup_size_from_to",
                violation_error_message=_("The group’s maximum size is smaller than its minimum size."),
            ),
            models.CheckConstraint(
                condition=Q(size_from__gte=2),
                name="network_pages_smallgroup_size_two",
                violation_error_message=_("A group has at least two members."),
            ),
        ]

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        return super().serving_queryset().select_related("convener__organisation", "privacy_notice")

    @cached_property
    def network(self) -> Page | None:
        """The network that the group belongs to: the page above it; None for a group outside networks. Two queries."""
        return live_parent_of_type(self, "verkosto_networks.NetworkPage")

    @cached_property
    def number_of_members(self) -> int | None:
        """How many members the page says the group has; None for none. One query, unless the editor has set a number."""
        return self.member_count or Membership.objects.of_page(self).current().number()

    @property
    def takes_members(self) -> bool:
        """Whether the group takes new members."""
        return self.status in (GroupStatus.FORMING, GroupStatus.ACTIVE)

    def registration_facts(self, language: str) -> RegistrationFacts:
        """Return what mails may say about the group, in a language."""
        version = self.in_language(language)
        return RegistrationFacts(title=version.title, url=path_of(version))


def count_members(groups: Sequence[SmallGroupPage]) -> None:
    """Set the number of members of many groups. One query, or none."""
    uncounted = [group.translation_key for group in groups if not group.member_count]
    counts = Membership.objects.filter(translation_key__in=uncounted).current().counts() if uncounted else {}
    for group in groups:
        group.number_of_members = group.member_count or counts.get(group.translation_key)
