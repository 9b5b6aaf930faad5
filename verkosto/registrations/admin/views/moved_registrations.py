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
    """Registrations that were moved to other desks: where they are now, when and by whom they were moved.

    The name is shown where the user may see the other desk, and the reference where not.
    """

    page_title = _("Moved to other events")
    header_icon = "arrow-right-full"
    tab = "list"
    template_name = "verkosto_registrations/admin/moved_registrations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        departures = StatusChange.objects.filter(from_desk=self.desk).select_related("user").order_by("-at")
        rows: Any = Registration.objects.departed_from(self.desk).select_related("desk")
        rows = rows.prefetch_related(Prefetch("changes", departures, to_attr="departures"))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        desk_ids = {row.desk_id for row in page}
        visible = set(desks_for(self.request.user).filter(pk__in=desk_ids).values_list("pk", flat=True))
        log("registrations.list", self.desk, self.request.user, rows=len(page), what="departed")
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [
                {"registration": row, "moved": row.departures[0], "is_visible": row.desk_id in visible} for row in page
            ],
        }
