"""The panel about registrations on the admin's home page."""

from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from wagtail.admin.ui.components import Component

from verkosto.registrations.admin.labels import event_time
from verkosto.registrations.admin.occupancy import occupancy_of, with_occupancy
from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission
from verkosto.registrations.enums import EventStatus, MessageState
from verkosto.registrations.models import Message


class UpcomingEventsPanel(Component):
    """The next events whose registrations the user may see: their occupancy, and what needs attention."""

    name = "registrations_upcoming"
    template_name = "verkosto_registrations/admin/home_panel.html"
    order = 140
    shown = 6

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        """Return the panel's rows. At most four queries, however many events there are."""
        user = parent_context["request"].user
        seen = with_occupancy(desks_for(user)).exclude(status=EventStatus.CANCELLED)
        coming = seen.filter(starts_at__gte=timezone.now()).order_by("starts_at", "pk")[: self.shown]
        return {
            "rows": [{"desk": desk, "occupancy": occupancy_of(desk), "when": event_time(desk)} for desk in coming],
            "failed": Message.objects.filter(desk__in=desks_for(user), state=MessageState.FAILED).count(),
        }


def add_upcoming_events_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel; for the hook ``construct_homepage_panels``."""
    if has_permission(request.user, DeskPermission.SEE):
        panels.append(UpcomingEventsPanel())
