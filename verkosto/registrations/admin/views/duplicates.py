from typing import Any

from django.utils.translation import gettext_lazy

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.columns import registration_state
from verkosto.registrations.admin.duplicates import find_duplicates
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView


class DuplicatesView(DeskAdminView):
    """Show people who seem to be registered twice."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Duplicates")
    header_icon = "copy"
    tab = "duplicates"
    template_name = "verkosto_registrations/admin/duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = find_duplicates(self.desk)
        log("registrations.list", self.desk, self.request.user, rows=sum(map(len, groups)), what="duplicates")
        shown = [[{"row": row, "state": registration_state(row)} for row in group] for group in groups]
        return {**super().get_context_data(**kwargs), "groups": shown}
