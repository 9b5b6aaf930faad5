from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.core.scheduled_work.registry import Step
from verkosto.registrations.admin.audit import DataLogFormatter
from verkosto.registrations.mail.channels import Channel
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.personal_links import PersonalLinks
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import PROCESSING_HOOK, ProcessingActivity
from verkosto.subscriptions import digests, mail
from verkosto.subscriptions.admin_views import SEE_FOLLOWERS, TITLE, FollowersMenuItem, FollowerViewSet
from verkosto.subscriptions.follows import REQUEST
from verkosto.subscriptions.personal_data import FOLLOWERS, FOLLOWING
from verkosto.subscriptions.personal_links import links_of_follower


@hooks.register(SCHEDULED_WORK_HOOK)
def scheduled_work() -> dict[str, Step]:
    return {"write_digests": Step(digests.write_digests, label=_("Write emails to followers"))}


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return [mail.REQUEST_KIND, mail.DIGEST_KIND]


@hooks.register("register_verkosto_channels")
def channels() -> dict[str, Channel]:
    return {REQUEST: mail.deliver_request, digests.DIGEST: mail.deliver_digest}


@hooks.register("register_verkosto_personal_data")
def personal_data() -> list[PersonalDataStore]:
    return [FOLLOWERS]


@hooks.register(PROCESSING_HOOK)
def processing() -> list[ProcessingActivity]:
    return [FOLLOWING]


@hooks.register("register_verkosto_personal_links")
def personal_links() -> list[PersonalLinks]:
    return [links_of_follower]


@hooks.register("register_admin_viewset")
def followers() -> ViewSet:
    return FollowerViewSet("followers")


@hooks.register("register_verkosto_registrations_menu_item")
def followers_menu_item() -> MenuItem:
    return FollowersMenuItem(TITLE, reverse_lazy("followers:index"), name="followers", icon_name="mail", order=30)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Return what a group may be allowed: to see followers, and to erase them."""
    return Permission.objects.filter(
        content_type__app_label="verkosto_subscriptions", codename__in=["view_follower", "delete_follower"]
    )


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    formatter = type(
        "Formatter", (DataLogFormatter,), {"label": _("View followers"), "message": _("Viewed the list of followers")}
    )
    registry.register_action(SEE_FOLLOWERS)(formatter)
