from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from verkosto.core.health import HOOK as HEALTH_HOOK
from verkosto.core.health import HealthCheck
from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.core.scheduled_work.registry import Step
from verkosto.linked_events.admin.viewsets import LinkedEventsViewSet
from verkosto.linked_events.health import HEALTH_CHECKS
from verkosto.linked_events.push import delivery


@hooks.register("register_admin_viewset")
def linked_events() -> ViewSet:
    return LinkedEventsViewSet("linked_events")


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    registry.register_action("linked_events.send", _("Send an event again"), _("Sent an event to LinkedEvents again"))


@hooks.register(SCHEDULED_WORK_HOOK)
def scheduled_work() -> dict[str, Step]:
    return {"push_linked_events": Step(delivery.deliver_due, label=_("Send changed events to LinkedEvents"))}


@hooks.register(HEALTH_HOOK)
def health_checks() -> list[HealthCheck]:
    return HEALTH_CHECKS


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Offer the permissions to the list in the form of groups."""
    names = ("view_pushedevent", "change_pushedevent")
    return Permission.objects.filter(content_type__app_label="verkosto_linked_events", codename__in=names)
