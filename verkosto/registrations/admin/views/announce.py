from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages

from verkosto.core.publish_guards import pending_approval, reason_not_to_publish
from verkosto.registrations.admin.announcement_preview import announcement_of
from verkosto.registrations.admin.labels import mail_kind_label
from verkosto.registrations.admin.publishing import approve
from verkosto.registrations.admin.views.base import PageAdminView


class AnnounceView(PageAdminView):
    """Show who is notified when the saved draft is published; publish, schedule or approve it for those who may."""

    header_icon = "mail"
    template_name = "verkosto_registrations/admin/announce.html"

    def is_allowed(self) -> bool:
        permissions = self.stored.permissions_for_user(self.request.user)
        return permissions.can_edit() or permissions.can_publish() or self.approval is not None

    @cached_property
    def approval(self) -> Any:
        """The task state that this person is about to approve; None for other visits."""
        state = pending_approval(self.stored, self.request.user)
        return state if state and str(state.pk) == self.request.GET.get("task") else None

    @cached_property
    def refusal(self) -> str:
        """Why this person may not publish the draft now; empty when they may."""
        return reason_not_to_publish(self.request.user, self.stored, by_approval=self.approval is not None)

    @property
    def is_preview_only(self) -> bool:
        return "sent" in self.request.GET or bool(self.refusal)

    def get_page_title(self) -> str:
        return _("Recipients of the notification") if self.is_preview_only else _("Publish and notify people")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if announcement_of(self.page) is None:
            messages.info(request, _("Publishing will not notify anyone."))
            return redirect(self.edit_url)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        announcement = announcement_of(self.page)
        return {
            **super().get_context_data(**kwargs),
            "announcement": announcement,
            "kind": mail_kind_label(announcement.kind) if announcement else "",
            "back_url": self.edit_url,
            "is_preview_only": self.is_preview_only,
            "is_approval": self.approval is not None,
            "refusal": "" if "sent" in self.request.GET else self.refusal,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_preview_only:
            return self.render_to_response(self.get_context_data(**kwargs), status=403)
        announcement = announcement_of(self.page)
        if self.approval:
            approve(request, self.approval)
        else:
            PublishPageRevisionAction(self.page.latest_revision, user=request.user, changed=True).execute()
        number = announcement.number if announcement else 0
        if announcement and announcement.at:
            text = ngettext(
                "Scheduled. %(n)s person will be notified.", "Scheduled. %(n)s people will be notified.", number
            )
        else:
            text = ngettext(
                "Published. %(n)s person will be notified.", "Published. %(n)s people will be notified.", number
            )
        messages.success(request, text % {"n": number})
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)
