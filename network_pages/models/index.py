from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from event_pages.panels import EditorTabs
from network_pages.fields import related_projects_field
from network_pages.models.network import NetworkPage
from network_pages.models.small_group import SmallGroupPage, count_members
from verkosto.core.models import BasePage
from verkosto.core.view_restrictions import public_q
from verkosto.directory.pages import ContactsMixin


class NetworkIndexPage(EditorTabs, ContactsMixin, BasePage):
    """The list of the networks of a language, and of the groups that belong to none of them."""

    related_projects = related_projects_field()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("related_projects"),
        *BasePage.related_panels,
        *BasePage.listing_panels,
        *BasePage.notice_panels,
    ]
    people_panels = ContactsMixin.contacts_panels

    page_description = _("The list of all networks in this language, and of small groups that belong to none.")
    subpage_types = ["verkosto_networks.NetworkPage", "verkosto_networks.SmallGroupPage"]

    override_translatable_fields = BasePage.override_translatable_fields

    class Meta:
        verbose_name = _("list of networks")
        verbose_name_plural = _("lists of networks")
        constraints = BasePage.Meta.constraints

    @cached_property
    def networks(self) -> list[NetworkPage]:
        """The public networks below the page, in the order of the tree. One query."""
        networks = NetworkPage.objects.live().filter(public_q()).descendant_of(self)
        return list(networks.order_by("path").for_listing())

    @cached_property
    def small_groups(self) -> list[SmallGroupPage]:
        """Groups that belong to no network and have not ended, with the numbers of their members. Two queries."""
        groups = list(SmallGroupPage.objects.live().child_of(self).not_ended().for_listing())
        count_members(groups)
        return groups
