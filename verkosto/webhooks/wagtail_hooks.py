from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from verkosto.core.health import HOOK as HEALTH_HOOK
from verkosto.core.health import HealthCheck
from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.core.scheduled_work.registry import Step
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.privacy.processing import RECIPIENTS_HOOK, Recipient
from verkosto.webhooks import delivery, notifications
from verkosto.webhooks.admin.viewsets import EndpointViewSet, register_actions
from verkosto.webhooks.health import HEALTH_CHECKS
from verkosto.webhooks.recipients import recipients


@hooks.register("register_admin_viewset")
def webhooks() -> ViewSet:
    return EndpointViewSet("webhooks")


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    register_actions(registry)


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return [notifications.mail_kind()]


@hooks.register(SCHEDULED_WORK_HOOK)
def scheduled_work() -> dict[str, Step]:
    return {
        "delete_webhook_log": Step(delivery.delete_old, label=_("Delete the old log of webhooks")),
        "deliver_webhooks": Step(delivery.deliver_due, label=_("Deliver webhooks that are due")),
    }


@hooks.register("register_verkosto_sensitive_views")
def sensitive_views() -> list[str]:
    return ["webhooks:add", "webhooks:rotate_secret"]


@hooks.register(HEALTH_HOOK)
def health_checks() -> list[HealthCheck]:
    return HEALTH_CHECKS


@hooks.register(RECIPIENTS_HOOK)
def recipients_of_registrations() -> list[Recipient]:
    return recipients()
