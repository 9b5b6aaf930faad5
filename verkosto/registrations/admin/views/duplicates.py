from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin import duplicates
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.columns import registration_state
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.models import Registration

PER_PAGE = 50  # groups


class DuplicatesView(DeskAdminView):
    """Show people who seem to be registered twice. At a large desk a job looks for them."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Duplicates")
    header_icon = "copy"
    tab = "duplicates"
    template_name = "verkosto_registrations/admin/duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        by_job = duplicates.needs_job(self.desk)
        last = duplicates.last_search(self.desk) if by_job else None
        page, groups = self._page_of_groups(by_job=by_job, stored=last.result["groups"] if last else [])
        log("registrations.list", self.desk, self.request.user, rows=sum(map(len, groups)), what="duplicates")
        shown = [[{"row": row, "state": registration_state(row)} for row in group] for group in groups]
        return {**super().get_context_data(**kwargs), "groups": shown, "page": page, "by_job": by_job, "last": last}

    def _page_of_groups(self, *, by_job: bool, stored: list[list[int]]) -> tuple[Any, list[list[Registration]]]:
        """Return a page of the paginator, and the registrations of its groups."""
        found: list[Any] = stored if by_job else duplicates.find_duplicates(self.desk)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        return page, duplicates.load_groups(self.desk, page.object_list) if by_job else list(page.object_list)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start to look for duplicates in the background."""
        return redirect(
            "verkosto_registrations_admin:job", pk=duplicates.start_search(self.desk, signed_in_user(request)).pk
        )
