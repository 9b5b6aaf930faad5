from django.forms import BaseFormSet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.blocks import Block
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.users.models import UserProfile

from verkosto.core.health import HOOK as HEALTH_HOOK
from verkosto.core.health import HealthCheck
from verkosto.core.jobs.registry import Handler
from verkosto.core.scheduled_work import registry as scheduled_work
from verkosto.core.stylesheets import HOOK as STYLESHEETS_HOOK
from verkosto.core.users import AnyUser
from verkosto.registrations import scheduled_work as own_steps
from verkosto.registrations.admin import (
    archives,
    audit,
    bulk_actions,
    duplicates,
    group_permissions,
    home_panel,
    mailings,
    menu,
    publishing,
    roles,
    staff_notifications,
    urls,
    withdrawal,
)
from verkosto.registrations.admin.account import StaffNotificationsPanel
from verkosto.registrations.admin.health import HEALTH_CHECKS
from verkosto.registrations.admin.views import bulk_actions as bulk_action_views
from verkosto.registrations.admin.views.resend_messages import ResendBulkAction
from verkosto.registrations.admin.viewsets import FormTemplateViewSet
from verkosto.registrations.domain import invitations
from verkosto.registrations.domain.feedback import write_feedback_mails
from verkosto.registrations.mail import joint_announcements
from verkosto.registrations.mail.channels import Channel
from verkosto.registrations.mail.desk_invitations import DESK_INVITATION_KIND
from verkosto.registrations.mail.email import deliver_email
from verkosto.registrations.mail.feedback import FEEDBACK_KINDS, REMINDER, REQUEST
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.mailings import write_follow_up
from verkosto.registrations.privacy.archives import JOB
from verkosto.registrations.privacy.own_stores import OWN_STORES
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import PROCESSING_HOOK, ProcessingActivity, staff_activity
from verkosto.registrations.public.blocks import RegistrationFormBlock

register_snippet(FormTemplateViewSet)


@hooks.register("register_verkosto_body_blocks")
def body_blocks() -> list[tuple[str, Block]]:
    return [("registration_form", RegistrationFormBlock())]


@hooks.register("register_verkosto_sensitive_views")
def sensitive_views() -> list[str]:
    """Return the views that decide what others may do, and those that send or erase all data of a person or an event."""
    roles = ["colleague_invite", "colleague_resend", "colleague_role_take"]
    ours = [*roles, "data_subject", "archive_download", "archive_delete"]
    return ["roles:add", "roles:delete", *(f"verkosto_registrations_admin:{name}" for name in ours)]


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLPattern | URLResolver]:
    return [path("registrations/", include(urls))]


@hooks.register("register_admin_menu_item")
def staff_menu_item() -> MenuItem:
    return menu.registrations_menu_item()


@hooks.register("register_admin_viewset")
def role_viewset() -> roles.RoleViewSet:
    return roles.RoleViewSet("roles", url_prefix="roles")


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    audit.register_actions(registry)


# First, so that a channel of the same name replaces it.
@hooks.register("register_verkosto_channels", order=-10)
def channels() -> dict[str, Channel]:
    return {"email": deliver_email, joint_announcements.CHANNEL: joint_announcements.deliver_jointly}


@hooks.register("register_verkosto_personal_data", order=-10)
def personal_data() -> list[PersonalDataStore]:
    return OWN_STORES


@hooks.register(PROCESSING_HOOK, order=-10)
def processing() -> list[ProcessingActivity]:
    return [staff_activity()]


@hooks.register("register_verkosto_jobs")
def jobs() -> dict[str, Handler]:
    return {
        "mailing": mailings.write_messages,
        "follow_up": write_follow_up,
        REQUEST: write_feedback_mails,
        REMINDER: write_feedback_mails,
        "bulk_action": bulk_actions.run_bulk_action,
        duplicates.JOB: duplicates.search,
        JOB: archives.make_archive,
        "invitations": invitations.write_invitations,
        "invitation_reminders": invitations.write_reminders,
    }


@hooks.register(scheduled_work.HOOK, order=-10)  # others deliver what these cause
def steps() -> dict[str, scheduled_work.Step]:
    return own_steps.STEPS


@hooks.register(scheduled_work.HOOK, order=scheduled_work.DELIVERY)
def delivery_steps() -> dict[str, scheduled_work.Step]:
    return own_steps.DELIVERY_STEPS


@hooks.register(HEALTH_HOOK)
def health_checks() -> list[HealthCheck]:
    return HEALTH_CHECKS


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    ours = [
        staff_notifications.mail_kind(),
        joint_announcements.JOINT_KIND,
        archives.ARCHIVE_READY,
        DESK_INVITATION_KIND,
    ]
    return [*ours, *FEEDBACK_KINDS]


@hooks.register("register_account_settings_panel")
def staff_notifications_panel(request: HttpRequest, user: AnyUser, profile: UserProfile) -> StaffNotificationsPanel:
    return StaffNotificationsPanel(request, user, profile)


@hooks.register("register_group_permission_panel")
def rights_panel() -> type[BaseFormSet]:
    return group_permissions.DeskAccessFormSet


hooks.register("register_page_action_menu_item", publishing.PreviewRecipientsMenuItem)
hooks.register("before_publish_page", publishing.confirm_before_publishing)
hooks.register("before_edit_page", publishing.confirm_before_approving)
hooks.register("after_edit_page", publishing.preview_after_editing)
hooks.register("before_bulk_action", publishing.refuse_bulk_publishing)
hooks.register("before_unpublish_page", withdrawal.confirm_unpublishing)
hooks.register("before_delete_page", withdrawal.confirm_deleting)
# After the hooks that refuse the move.
hooks.register("before_move_page", withdrawal.confirm_moving, order=10)
for _name in ("after_unpublish_page", "after_delete_page", "after_move_page"):
    hooks.register(_name, withdrawal.after_withdrawing)
hooks.register("before_bulk_action", withdrawal.refuse_bulk_withdrawal)
hooks.register("construct_homepage_panels", home_panel.add_upcoming_events_panel)

for _action in bulk_action_views.BULK_ACTION_VIEWS:
    hooks.register("register_bulk_action", _action)


hooks.register("register_bulk_action", ResendBulkAction)


@hooks.register(STYLESHEETS_HOOK, order=-60)
def stylesheets() -> list[str]:
    return ["verkosto_registrations/css/form.css"]
