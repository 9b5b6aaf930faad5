"""The lists of networks and of members in the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from network_pages import (
    alumni_views,
    member_mailing_views,
    member_views,
    season_member_views,
    yearly_figures_views,
)
from network_pages.group_plans import form_views, views
from network_pages.models import NetworkPage
from network_pages.pair_plans import form_views as pair_form_views
from network_pages.pair_plans import views as pair_views
from network_pages.pair_reports.admin_views import PairReportsView
from network_pages.reviews import views as review_views
from verkosto.core.page_lists import HookedIndexView
from verkosto.registrations.admin.menu import RegistrationsMenuItem


class NetworkListing(PageListingViewSet):
    model = NetworkPage
    index_view_class = HookedIndexView
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
    list_filter = ["kind", "joining"]


class MemberViewSet(ViewSet):
    """The members of networks, groups and rounds, for staff with a right to the registrations of any of them."""

    icon = "user"
    menu_label = _("Members")
    menu_order = 225
    add_to_admin_menu = True
    menu_item_class = RegistrationsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", member_views.MemberIndexView.as_view(), name="index"),
            path("results/", member_views.MemberResultsView.as_view(), name="index_results"),
            path("export/", member_views.ExportMembersView.as_view(), name="export"),
            path("add/", member_views.AddMemberView.as_view(), name="add"),
            path("import/", member_views.ImportMembersView.as_view(), name="import"),
            path("alumni/", alumni_views.AlumniView.as_view(), name="alumni"),
            path("season/", season_member_views.SeasonMembersView.as_view(), name="season"),
            path("reports/", PairReportsView.as_view(), name="reports"),
            path("figures/", yearly_figures_views.YearlyFiguresView.as_view(), name="figures"),
            path("write/", member_mailing_views.WriteToMembersView.as_view(), name="write"),
            path("emails/", member_mailing_views.MemberMailingsView.as_view(), name="mailings"),
            path("emails/<int:pk>/", member_mailing_views.MemberMailingView.as_view(), name="mailing"),
            path("<int:pk>/", member_views.EditMemberView.as_view(), name="edit"),
            path("<int:pk>/erase/", member_views.EraseMemberView.as_view(), name="erase"),
        ]


class GroupPlanViewSet(ViewSet):
    """Forming small groups, for staff who may change the members of any network. Reached from the list of members."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.PlanIndexView.as_view(), name="index"),
            path("add/", form_views.PlanFormView.as_view(), name="add"),
            path("<int:pk>/", views.PlanView.as_view(), name="plan"),
            path("<int:pk>/status/", views.PlanStatusView.as_view(), name="status"),
            path("<int:pk>/change/", views.ChangePlanView.as_view(), name="change"),
            path("<int:pk>/restart/", views.RestartPlanView.as_view(), name="restart"),
            path("<int:pk>/wishes/", form_views.EditPlanView.as_view(), name="wishes"),
            path("<int:pk>/save/", views.SavePlanView.as_view(), name="save"),
        ]


class PairPlanViewSet(ViewSet):
    """Forming learning pairs, for staff who may change the members of any round. Reached from the list of members."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", pair_views.PlanIndexView.as_view(), name="index"),
            path("add/", pair_form_views.PlanFormView.as_view(), name="add"),
            path("<int:pk>/", pair_views.PlanView.as_view(), name="plan"),
            path("<int:pk>/status/", pair_views.PlanStatusView.as_view(), name="status"),
            path("<int:pk>/change/", pair_views.ChangePlanView.as_view(), name="change"),
            path("<int:pk>/restart/", pair_views.RestartPlanView.as_view(), name="restart"),
            path("<int:pk>/wishes/", pair_form_views.EditPlanView.as_view(), name="wishes"),
            path("<int:pk>/save/", pair_views.SavePlanView.as_view(), name="save"),
        ]


class ReviewViewSet(ViewSet):
    """Reviewing the applications to rounds. Reviewers come from their home page, staff from the list of members."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", review_views.ReviewIndexView.as_view(), name="index"),
            path("<uuid:key>/", review_views.ApplicationsView.as_view(), name="applications"),
            path("<uuid:key>/set-up/", review_views.SetUpView.as_view(), name="set_up"),
            path("<uuid:key>/ranking/", review_views.RankingView.as_view(), name="ranking"),
            path("<uuid:key>/<int:pk>/", review_views.ReviewView.as_view(), name="review"),
        ]
