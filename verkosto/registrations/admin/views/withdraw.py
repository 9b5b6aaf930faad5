from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page

from verkosto.registrations.admin.announcement_preview import cancellation_previews
from verkosto.registrations.admin.forms.withdrawal import WithdrawalForm
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB, RegistrationsAdminView
from verkosto.registrations.admin.withdrawal import ACTIONS, CONFIRMED, SESSION_KEY, may_withdraw
from verkosto.registrations.sync.withdrawal import AffectedDesk, affected_desks


class WithdrawView(RegistrationsAdminView):
    """Say how many people are registered on a page that is about to be unpublished, deleted or moved; ask what to do."""

    header_icon = "warning"
    template_name = "verkosto_registrations/admin/withdraw.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.action = kwargs["action"]
        if self.action not in ACTIONS:
            raise Http404
        self.page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not may_withdraw(request.user, self.action, self.page):
            raise PermissionDenied

    @cached_property
    def affected(self) -> list[AffectedDesk]:
        return affected_desks([self.page])

    @property
    def to_cancel(self) -> list[AffectedDesk]:
        """The desks whose people can be notified that the event is cancelled."""
        return [] if self.action == "move" else [each for each in self.affected if each.can_be_cancelled]

    @property
    def page_url(self) -> str:
        """Wagtail's own page for the action, as it was asked for. Raises Http404 where nothing was asked for."""
        kept = self.request.session.get(SESSION_KEY) or {}
        if (kept.get("action"), kept.get("page")) != (self.action, self.page.pk):
            raise Http404
        return str(kept["url"])

    def get_page_title(self) -> str:
        titles = {"unpublish": _("Unpublish"), "delete": _("Delete"), "move": _("Move")}
        return titles[self.action]

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME_BREADCRUMB, {"url": "", "label": f"{self.get_page_title()}: {self.get_page_subtitle()}"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        to_cancel = self.to_cancel
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "action": self.action,
            "affected": self.affected,
            "number": sum(each.number for each in self.affected),
            "form": kwargs.get("form") or (WithdrawalForm() if to_cancel else None),
            # One event's emails are shown; of several, which are alike, only the numbers.
            "previews": cancellation_previews(to_cancel[0].desk) if len(to_cancel) == 1 else [],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        url = self.page_url
        cancel: list[int] = []
        if to_cancel := self.to_cancel:
            form = WithdrawalForm(request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form), status=422)
            if form.cleaned_data["people"] == "cancel":
                cancel = [each.desk.pk for each in to_cancel]
        request.session[SESSION_KEY] = {"action": self.action, "page": self.page.pk, "url": url, "cancel": cancel}
        return redirect(f"{url}{'&' if '?' in url else '?'}{CONFIRMED}=1")
