"""The health check of webhooks: whether receivers answer."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verkosto.core.health import Finding, HealthCheck, Status
from verkosto.webhooks.models import Delivery, Endpoint


def find_failing_endpoints() -> Finding:
    """Find the webhooks that fail or were switched off for it. Two queries."""
    failing = Q(is_active=True, failures__gt=0) | Q(switched_off_at__isnull=False)
    numbers = Endpoint.objects.aggregate(all=Count("pk"), failing=Count("pk", filter=failing))
    waiting = Delivery.objects.due(timezone.now()).count()
    figures = {"webhooks_failing": numbers["failing"], "webhook_deliveries_waiting": waiting}
    if not numbers["all"]:
        return Finding(Status.OK, _("There are no webhooks."), figures=figures)
    if not numbers["failing"]:
        return Finding(Status.OK, _("Every webhook works."), figures=figures)
    text = ngettext("%(count)s webhook fails.", "%(count)s webhooks fail.", numbers["failing"])
    advice = _("Its page says what the receiver answers. Tell whoever maintains it; then send again what was lost.")
    return Finding(Status.ATTENTION, text % {"count": numbers["failing"]}, advice, figures)


HEALTH_CHECKS = [
    HealthCheck(
        "webhooks",
        gettext_lazy("Webhooks"),
        find_failing_endpoints,
        "webhooks:index",
        "",
        gettext_lazy("See the webhooks"),
    )
]
