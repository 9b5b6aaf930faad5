"""The lists of networks and of members in the admin."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from network_pages.member_views import ImportMembersView, MemberIndexView
from network_pages.models import Member, NetworkPage


class NetworkListing(PageListingViewSet):
    model = NetworkPage
    icon = "group"
    menu_label = _("Networks")
    menu_order = 220
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("get_kind_display", label=_("Type"), sort_key="kind", width="14%"),
        Column("get_joining_display", label=_("How to join the network"), sort_key="joining", width="15%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
        PageListingViewSet.columns[3],  # last updated
    ]
    list_filter = ["kind", "joining", "locale"]


class MemberViewSet(ModelViewSet):
    """The members of networks, for users with permission. Not a snippet: its chooser would show them to all staff."""

    model = Member
    icon = "user"
    menu_label = _("Members")
    menu_order = 225
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields = ["network", "email", "name", "organisation"]
    list_display = ["email", "name", "organisation", "network"]
    list_filter = ["network"]
    search_fields = ["email", "name"]
    list_per_page = 50
    index_view_class = MemberIndexView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(import_url_name=self.get_url_name("import"), **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        import_view = self.construct_view(ImportMembersView, permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("import/", import_view, name="import")]
