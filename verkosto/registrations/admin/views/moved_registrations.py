"""Who was moved from a desk to another."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.permissions import desks_for
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.models import Registration, StatusChange

PER_PAGE = 100


class MovedRegistrationsView(DeskAdminView):
    """Registrations that were moved away: where they are now, when they left and by whom.

    Names are shown of those whose desk the person may see; of the others the reference.
    """

    page_title = _("Moved to other events")
    header_icon = "arrow-right-full"
    tab = "list"
    template_name = "verkosto_registrations/admin/moved_registrations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        departures = StatusChange.objects.filter(from_desk=self.desk).select_related("user").order_by("-at")
        rows: Any = Registration.objects.departed_from(self.desk).select_related("desk")
        rows = rows.prefetch_related(Prefetch("changes", departures, to_attr="departures"))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        there = {row.desk_id for row in page}
        seen = set(desks_for(self.request.user).filter(pk__in=there).values_list("pk", flat=True))
        log("registrations.list", self.desk, self.request.user, rows=len(page), what="departed")
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [{"registration": row, "left": row.departures[0], "is_seen": row.desk_id in seen} for row in page],
        }
