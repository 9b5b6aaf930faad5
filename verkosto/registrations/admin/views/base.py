from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from verkosto.registrations.admin.labels import event_time, job_label
from verkosto.registrations.admin.occupancy import Occupancy, occupancy_of, why_free_places_stay_free, with_occupancy
from verkosto.registrations.admin.permissions import (
    DeskPermission,
    desk_or_404,
    desks_for,
    has_permission,
    roles_to_give,
)
from verkosto.registrations.models import Desk, Job, RegistrablePageMixin

HOME_BREADCRUMB: dict[str, Any] = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
DESKS_BREADCRUMB: dict[str, Any] = {
    "url": reverse_lazy("verkosto_registrations_admin:desks"),
    "label": gettext_lazy("Registrations"),
}


def tab_groups() -> list[tuple[str, list[tuple[str, str, str, DeskPermission]]]]:
    """Return the pages of a desk in groups: (label, [(key, label, URL name, permission)])."""
    people = [
        ("list", _("Registrations"), "registrations", DeskPermission.SEE),
        ("invitations", _("Invitations"), "invitations", DeskPermission.CHANGE),
        ("duplicates", _("Duplicates"), "duplicates", DeskPermission.CHANGE),
        ("colleagues", _("Colleagues"), "colleagues", DeskPermission.CHANGE),
    ]
    messages = [
        ("messages", _("Messages"), "desk_messages", DeskPermission.SEE),
        ("mailings", _("Email attendees"), "mailings", DeskPermission.CHANGE),
        ("notifications", _("Notifications"), "notifications", DeskPermission.SEE),
    ]
    event_day = [
        ("check_in", _("Check-in"), "check_in", DeskPermission.CHECK_IN),
        ("check_in_links", _("Check-in links"), "check_in_links", DeskPermission.CHANGE),
        ("print", _("Print"), "print", DeskPermission.SEE),
    ]
    reports = [
        ("statistics", _("Statistics"), "statistics", DeskPermission.SEE),
        ("feedback", _("Feedback"), "feedback", DeskPermission.SEE),
        ("export", _("Export"), "export", DeskPermission.EXPORT),
    ]
    return [
        (pgettext("pages of a desk", "People"), people),
        (pgettext("pages of a desk", "Messages"), messages),
        (pgettext("pages of a desk", "Event day"), event_day),
        (pgettext("pages of a desk", "Reports"), reports),
    ]


class RegistrationsAdminView(WagtailAdminTemplateMixin, View):
    """A page of the registrations' admin, with Wagtail's header and breadcrumbs."""

    header_icon = "clipboard-list"
    breadcrumbs_items = [HOME_BREADCRUMB, DESKS_BREADCRUMB]
    template_name = "verkosto_registrations/admin/base.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class DeskViewMixin:
    """Loads the desk that the URL names. An unknown desk and one that the user may not see answer alike: 404."""

    required_permissions: tuple[str, ...] = (DeskPermission.SEE,)
    tab = ""
    desk: Desk
    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        self.desk = desk_or_404(request.user, kwargs["desk_pk"], *self.required_permissions)

    def has_permission(self, permission: str) -> bool:
        return has_permission(self.request.user, permission, self.desk)

    def desk_url(self, name: str, *args: Any) -> str:
        return reverse(f"verkosto_registrations_admin:{name}", args=[self.desk.pk, *args])

    @property
    def occupancy(self) -> Occupancy:
        return occupancy_of(with_occupancy(desks_for(self.request.user)).get(pk=self.desk.pk))

    @property
    def tabs(self) -> list[dict[str, object]]:
        """The groups of the desk's pages, with those that the user may open. The link of a group is its first page."""
        groups = []
        for label, pages in tab_groups():
            allowed = [
                {"label": page_label, "url": self.desk_url(name), "is_current": key == self.tab}
                for key, page_label, name, permission in pages
                if self.has_permission(permission)
                and (key != "colleagues" or roles_to_give(self.request.user, self.desk))
            ]
            if allowed:
                is_current = any(page["is_current"] for page in allowed)
                groups.append({"label": label, "url": allowed[0]["url"], "is_current": is_current, "pages": allowed})
        return groups

    def desk_breadcrumbs(self, *items: tuple[str, str]) -> list[dict[str, object]]:
        """Return Home › Registrations › the desk › items, each (label, url)."""
        desk = {"url": self.desk_url("registrations"), "label": self.desk.title}
        return [HOME_BREADCRUMB, DESKS_BREADCRUMB, desk, *({"url": url, "label": label} for label, url in items)]

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return self.desk_breadcrumbs((self.get_page_title(), ""))  # type: ignore[attr-defined]  # a view's

    def get_page_subtitle(self) -> str:
        return self.desk.title

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]  # a mixin for views
        occupancy = self.occupancy
        return {
            **context,
            "desk": self.desk,
            "tabs": self.tabs,
            "occupancy": occupancy,
            "stop": why_free_places_stay_free(self.desk, occupancy),
            "when": event_time(self.desk),
            "jobs": [{"job": job, "label": job_label(job)} for job in Job.objects.filter(desk=self.desk).unfinished()],
        }


class DeskAdminView(DeskViewMixin, RegistrationsAdminView):
    """An admin page about one desk."""


class PageAdminView(RegistrationsAdminView):
    """An admin page about a registrable page that the user may edit; ``page`` is its latest draft."""

    header_icon = "doc-full"
    stored: Any
    page: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.stored = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not issubclass(type(self.stored), RegistrablePageMixin) or not self.is_allowed():
            raise PermissionDenied
        self.page = self.stored.get_latest_revision_as_object()

    def is_allowed(self) -> bool:
        return self.stored.permissions_for_user(self.request.user).can_edit()

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        here = {"url": "", "label": self.get_page_title()}
        return [HOME_BREADCRUMB, {"url": self.edit_url, "label": self.page.get_admin_display_title()}, here]
