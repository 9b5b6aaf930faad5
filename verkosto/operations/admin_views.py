"""The page of the admin that says how the site is."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from verkosto.core.health import Finding, HealthCheck, Status, find_all, worst
from verkosto.core.users import AnyUser

TITLE = gettext_lazy("Operations")
PERMISSION = "verkosto_operations.view_operations"
ICONS = {Status.OK: "success", Status.ATTENTION: "warning", Status.FAILED: "cross"}


@dataclass(frozen=True)
class Part:
    """One part of the page: a check, what it found, and where to deal with it."""

    check: HealthCheck
    finding: Finding

    @property
    def icon(self) -> str:
        """The icon of the status, next to its name."""
        return ICONS[self.finding.status]

    @property
    def url(self) -> str:
        """The address of the view where the matter is dealt with, "" if there is none."""
        if not self.check.url_name:
            return ""
        try:
            return reverse(self.check.url_name) + self.check.query
        except NoReverseMatch:
            return ""


def may_see(user: AnyUser) -> bool:
    """Return whether a user may see the operations page."""
    return user.is_active and user.has_perm(PERMISSION)


class OperationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class OperationsView(WagtailAdminTemplateMixin, View):
    """Every health check with what it finds now: first what needs something done."""

    page_title = TITLE
    header_icon = "cogs"
    template_name = "verkosto_operations/admin/operations.html"
    http_method_names = ["get", "head"]

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        if not may_see(request.user):
            raise PermissionDenied

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        parts = [Part(check, finding) for check, finding in find_all()]
        return {
            **super().get_context_data(**kwargs),
            "problems": [part for part in parts if part.finding.status != Status.OK],
            "others": [part for part in parts if part.finding.status == Status.OK],
            "worst": worst([part.finding for part in parts]),
        }
