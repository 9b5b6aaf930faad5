from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from event_pages.panels import NETWORK_PAGE_TYPES_HOOK
from network_pages import followed, member_mailings, season_members
from network_pages.group_plans.mail import PLACED
from network_pages.group_plans.personal_data import erase_proposals, proposals_of, purge_plans
from network_pages.group_plans.plans import form_groups
from network_pages.member_links import ADDED, CHANNEL, deliver_to_member, links_of_member
from network_pages.members import erase_memberships, is_member, memberships_of, names_of_members, purge_memberships
from network_pages.models import (
    GroupPlacement,
    GroupPlan,
    MemberMailing,
    Membership,
    MembershipToken,
    NetworkPage,
    PairApplicant,
    PairPlan,
    PairReport,
    Review,
)
from network_pages.pair_plans import personal_data as pair_plan_data
from network_pages.pair_plans.mail import PAIRED
from network_pages.pair_plans.plans import propose_pairs
from network_pages.pair_reports.reports import erase_reports, redact_reports, reports_of
from network_pages.processing_activities import processing_activities
from network_pages.reviews import personal_data as review_data
from network_pages.reviews.home_panel import add_reviews_panel
from network_pages.viewsets import (
    GroupPlanViewSet,
    MemberViewSet,
    NetworkListing,
    PairPlanViewSet,
    ReviewViewSet,
)
from verkosto.core.followed_content import TARGETS_HOOK, TargetKind
from verkosto.core.jobs.registry import Handler
from verkosto.core.stylesheets import HOOK as STYLESHEETS_HOOK
from verkosto.registrations.admin.audit import DataLogFormatter
from verkosto.registrations.domain.eligibility import MemberCheck
from verkosto.registrations.mail.channels import Channel
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.personal_links import PersonalLinks
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import PROCESSING_HOOK, ProcessingActivity

if TYPE_CHECKING:
    from verkosto.api.resources import AnyResource

LOG_ACTIONS = {
    "network_pages.see_members": (_("View members"), _("Viewed members of networks")),
    "network_pages.export_members": (_("Export members"), _("Exported members of networks")),
    "network_pages.import_members": (_("Import members"), _("Imported members to a network")),
    "network_pages.export_figures": (_("Export figures"), _("Exported the figures of a network")),
    "network_pages.register_members": (_("Register members"), _("Registered the members of networks for a season")),
    "network_pages.mail_members": (_("Email members"), _("Emailed members of a network")),
    "network_pages.save_groups": (_("Save small groups"), _("Saved small groups of a network")),
    "network_pages.add_alumni": (_("Add members of a round"), _("Added members of a round to a network")),
    "network_pages.save_pairs": (_("Save learning pairs"), _("Saved learning pairs of a round")),
}


@hooks.register("register_verkosto_api", order=-20)
def api_resources() -> list[AnyResource]:
    from network_pages.api import RESOURCES  # optional dependency

    return RESOURCES


@hooks.register(NETWORK_PAGE_TYPES_HOOK)
def network_page_types() -> list[type[Page]]:
    return [NetworkPage]


@hooks.register("register_admin_viewset")
def network_listing() -> ViewSet:
    return NetworkListing("networks")


@hooks.register("register_admin_viewset")
def members() -> ViewSet:
    return MemberViewSet("members")


@hooks.register("register_admin_viewset")
def group_plans() -> ViewSet:
    return GroupPlanViewSet("group_plans", url_prefix="group-plans")


@hooks.register("register_admin_viewset")
def pair_plans() -> ViewSet:
    return PairPlanViewSet("pair_plans", url_prefix="pair-plans")


@hooks.register("register_admin_viewset")
def reviews() -> ViewSet:
    return ReviewViewSet("reviews")


hooks.register("construct_homepage_panels", add_reviews_panel)


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        formatter = type("Formatter", (DataLogFormatter,), {"label": label, "message": message})
        registry.register_action(action)(formatter)


@hooks.register(STYLESHEETS_HOOK, order=-20)
def stylesheets() -> list[str]:
    return ["verkosto_networks/css/networks.css"]


@hooks.register("register_verkosto_member_checks")
def member_checks() -> list[MemberCheck]:
    return [is_member]


@hooks.register(PROCESSING_HOOK)
def processing() -> list[ProcessingActivity]:
    return processing_activities()


@hooks.register("register_verkosto_personal_data")
def personal_data() -> list[PersonalDataStore]:
    return [
        PersonalDataStore(
            "memberships",
            memberships_of,
            erase_memberships,
            names=names_of_members,
            purge=purge_memberships,
            models=(Membership._meta.label, MembershipToken._meta.label),
        ),
        PersonalDataStore(
            "member_mailings",
            # Texts by staff concern others too: none is given out.
            lambda email: [],
            lambda email: 0,
            redact=member_mailings.redact_mailings,
            purge=member_mailings.purge_mailings,
            models=(MemberMailing._meta.label,),
        ),
        PersonalDataStore(
            "group_plans",
            proposals_of,
            erase_proposals,
            purge=purge_plans,
            models=(GroupPlacement._meta.label,),
        ),
        PersonalDataStore(
            "pair_plans",
            pair_plan_data.proposals_of,
            pair_plan_data.erase_proposals,
            purge=pair_plan_data.purge_plans,
            models=(PairApplicant._meta.label,),
        ),
        PersonalDataStore(
            # They go with the membership: it is that which is kept for a time only.
            "pair_reports",
            reports_of,
            erase_reports,
            redact=redact_reports,
            models=(PairReport._meta.label,),
        ),
        PersonalDataStore(
            "reviews",
            review_data.reviews_of,
            review_data.erase_reviews,
            redact=review_data.redact_reviews,
            purge=review_data.purge_reviews,
            models=(Review._meta.label,),
        ),
    ]


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return [ADDED, member_mailings.MAILING, PLACED, PAIRED, season_members.REGISTERED, season_members.WAITING]


@hooks.register("register_verkosto_channels")
def channels() -> dict[str, Channel]:
    return {CHANNEL: deliver_to_member, member_mailings.CHANNEL: member_mailings.deliver_mailing}


@hooks.register("register_verkosto_jobs")
def jobs() -> dict[str, Handler]:
    return {
        member_mailings.JOB: member_mailings.write_messages,
        season_members.JOB: season_members.write_registrations,
        GroupPlan.KIND: form_groups,
        PairPlan.KIND: propose_pairs,
    }


@hooks.register(TARGETS_HOOK)
def subscription_targets() -> list[TargetKind]:
    return followed.TARGETS


@hooks.register("register_verkosto_personal_links")
def personal_links() -> list[PersonalLinks]:
    return [links_of_member]
