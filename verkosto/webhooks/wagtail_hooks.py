from collections.abc import Callable

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from verkosto.registrations.mail.kinds import MailKind
from verkosto.webhooks import delivery, notices
from verkosto.webhooks.admin.viewsets import EndpointViewSet, register_actions


@hooks.register("register_admin_viewset")
def webhooks() -> ViewSet:
    return EndpointViewSet("webhooks")


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    register_actions(registry)


@hooks.register("register_verkosto_mail_kinds")
def mail_kinds() -> list[MailKind]:
    return [notices.mail_kind()]


@hooks.register("register_verkosto_scheduled_work")
def scheduled_work() -> dict[str, Callable[[], int]]:
    return {"delete_webhook_log": delivery.delete_old, "deliver_webhooks": delivery.deliver_due}
