from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from verkosto.registrations.admin.labels import job_words, when
from verkosto.registrations.admin.occupancy import Fill, fill_of, with_fill
from verkosto.registrations.admin.permissions import Right, desk_or_404, desks_for, may
from verkosto.registrations.models import Desk

HOME: dict[str, Any] = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
DESKS: dict[str, Any] = {
    "url": reverse_lazy("verkosto_registrations_admin:desks"),
    "label": gettext_lazy("Registrations"),
}


class StaffView(WagtailAdminTemplateMixin, View):
    """A page of the staff's side: Wagtail's header and breadcrumbs."""

    header_icon = "clipboard-list"
    breadcrumbs_items = [HOME, DESKS]
    template_name = "verkosto_registrations/admin/base.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class DeskMixin:
    """Loads the desk of the address. Unknown and forbidden ones answer alike: 404."""

    required_rights: tuple[str, ...] = (Right.SEE,)
    tab = ""
    desk: Desk
    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        self.desk = desk_or_404(request.user, kwargs["desk_pk"], *self.required_rights)

    def may(self, right: str) -> bool:
        return may(self.request.user, right, self.desk)

    def desk_url(self, name: str, *args: Any) -> str:
        return reverse(f"verkosto_registrations_admin:{name}", args=[self.desk.pk, *args])

    @property
    def fill(self) -> Fill:
        return fill_of(with_fill(desks_for(self.request.user)).get(pk=self.desk.pk))

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The desk's pages that this person may open."""
        pages = [
            ("list", _("Registrations"), "registrations", Right.SEE),
            ("check_in", _("Check-in"), "check_in", Right.CHANGE),
            ("messages", _("Messages"), "desk_messages", Right.SEE),
            ("mailings", _("Email attendees"), "mailings", Right.CHANGE),
            ("invitations", _("Invitations"), "invitations", Right.CHANGE),
            ("figures", _("Statistics"), "figures", Right.SEE),
            ("print", _("Print"), "prints", Right.SEE),
            ("export", _("Export"), "export", Right.EXPORT),
            ("duplicates", _("Duplicates"), "duplicates", Right.CHANGE),
        ]
        return [
            {"label": label, "url": self.desk_url(name), "is_current": key == self.tab}
            for key, label, name, right in pages
            if self.may(right)
        ]

    def desk_breadcrumbs(self, *items: tuple[str, str]) -> list[dict[str, Any]]:
        """Home › Registrations › the desk › items, each (label, url)."""
        desk = {"url": self.desk_url("registrations"), "label": self.desk.title}
        return [HOME, DESKS, desk, *({"url": url, "label": label} for label, url in items)]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.desk_breadcrumbs((self.get_page_title(), ""))  # type: ignore[attr-defined]

    def get_page_subtitle(self) -> str:
        return self.desk.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {
            **context,
            "desk": self.desk,
            "tabs": self.tabs,
            "fill": self.fill,
            "when": when(self.desk),
            "jobs": [{"job": job, "words": job_words(job)} for job in self.desk.jobs.unfinished()],
        }


class DeskView(DeskMixin, StaffView):
    """A page about one desk."""
