from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from event_pages.panels import NETWORK_PAGE_TYPES_HOOK
from network_pages.member_links import ADDED, CHANNEL, deliver_to_member
from network_pages.members import erase_memberships, is_member, memberships_of, names_of_members, purge_memberships
from network_pages.models import Membership, MembershipToken, NetworkPage
from network_pages.viewsets import MemberViewSet, NetworkListing
from verkosto.core.stylesheets import HOOK as STYLESHEETS_HOOK
from verkosto.registrations.admin.audit import DataLogFormatter
from verkosto.registrations.domain.eligibility import MemberCheck
from verkosto.registrations.mail.channels import Channel
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.privacy.personal_data import PersonalDataHolder

LOG_ACTIONS = {
    "network_pages.see_members": (_("View members"), _("Viewed members of networks")),
    "network_pages.export_members": (_("Export members"), _("Exported members of networks")),
    "network_pages.import_members": (_("Import members"), _("Imported members to a network")),
}


@hooks.register(NETWORK_PAGE_TYPES_HOOK)
def network_page_types() -> list[type[Page]]:
    return [NetworkPage]


@hooks.register("register_admin_viewset")
def network_listing() -> ViewSet:
    return NetworkListing("networks")


@hooks.register("register_admin_viewset")
def members() -> ViewSet:
    return MemberViewSet("members")


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


@hooks.register("register_verkosto_personal_data")
def personal_data() -> list[PersonalDataHolder]:
    models = (Membership._meta.label, MembershipToken._meta.label)
    return [
        PersonalDataHolder(
            "memberships",
            memberships_of,
            erase_memberships,
            names=names_of_members,
            purge=purge_memberships,
            models=models,
        )
    ]


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return [ADDED]


@hooks.register("register_verkosto_channels")
def channels() -> dict[str, Channel]:
    return {CHANNEL: deliver_to_member}
