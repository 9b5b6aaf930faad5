from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.models import TaskState

from verkosto.core.publishing_rules import pending_approval, reason_not_to_publish
from verkosto.registrations.admin.announcement_preview import Announcement, announcement_of
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.announce import AnnouncementForm
from verkosto.registrations.admin.labels import mail_kind_label
from verkosto.registrations.admin.publishing import approve
from verkosto.registrations.admin.views.base import PageAdminView
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import AnnouncementChoice


class AnnounceView(PageAdminView):
    """Show who is notified when the saved draft is published; publish, schedule or approve it for those who may."""

    header_icon = "mail"
    template_name = "verkosto_registrations/admin/announce.html"

    def is_allowed(self) -> bool:
        permissions = self.stored.permissions_for_user(self.request.user)
        return permissions.can_edit() or permissions.can_publish() or self.approval is not None

    @cached_property
    def approval(self) -> TaskState | None:
        """The task state that this person is about to approve; None for other visits."""
        state = pending_approval(self.stored, self.request.user)
        return state if state and str(state.pk) == self.request.GET.get("task") else None

    @cached_property
    def announcement(self) -> Announcement | None:
        """Whom publishing the draft notifies, with the emails; None if it notifies nobody."""
        return announcement_of(self.page)

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
        if self.announcement is None:
            messages.info(request, _("Publishing will not notify anyone."))
            return redirect(self.edit_url)
        return super().get(request, *args, **kwargs)

    def get_form(self, data: Mapping[str, object] | None = None) -> AnnouncementForm:
        """Return the form, with a line for each language in which people are written to."""
        announcement = self.announcement
        has_lines = announcement is not None and mail_kinds()[announcement.kind].takes_own_line
        languages = [preview.code for preview in announcement.previews] if announcement and has_lines else []
        return AnnouncementForm(data, languages=list(dict.fromkeys(languages)), is_silent="silent" in (data or {}))

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form = kwargs.get("form") or self.get_form()
        lines = form.lines if form.is_bound and form.is_valid() else {}
        announcement = announcement_of(self.page, lines) if lines else self.announcement
        return {
            **super().get_context_data(**kwargs),
            "announcement": announcement,
            "kind": mail_kind_label(announcement.kind) if announcement else "",
            "back_url": self.edit_url,
            "is_preview_only": self.is_preview_only,
            "is_approval": self.approval is not None,
            "refusal": "" if "sent" in self.request.GET else self.refusal,
            "form": form,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_preview_only:
            return self.render_to_response(self.get_context_data(**kwargs), status=403)
        form = self.get_form(request.POST)
        if not form.is_valid() or "preview" in request.POST:
            return self.render_to_response(self.get_context_data(form=form), status=200 if form.is_valid() else 422)
        announcement = self.announcement  # of what is stored: publishing changes that
        self.store_choice(form)
        if self.approval:
            approve(request, self.approval)
        else:
            PublishPageRevisionAction(self.page.latest_revision, user=request.user, changed=True).execute()
        messages.success(request, success_message(announcement, is_silent=form.is_silent))
        for hook in hooks.get_hooks("after_publish_page"):
            hook(request, self.page)
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def store_choice(self, form: AnnouncementForm) -> None:
        """Store what the editor chose for the revision that is published now or at its time, and log a reason."""
        revision = self.approval.revision if self.approval else self.page.latest_revision
        AnnouncementChoice.objects.filter(revision=revision).delete()
        if form.is_silent or form.lines:
            AnnouncementChoice.objects.create(
                revision=revision, is_silent=form.is_silent, lines=form.lines, user_id=self.request.user.pk
            )
        if form.is_silent:
            reason = form.cleaned_data["reason"]
            log("registrations.notify_no_one", self.stored, self.request.user, reason=reason)


def success_message(announcement: Announcement | None, *, is_silent: bool) -> str:
    """Return the message for the editor: published or scheduled, and how many people are notified."""
    number = announcement.number if announcement and not is_silent else 0
    if announcement and announcement.at:
        text = ngettext(
            "Scheduled. %(n)s person will be notified.", "Scheduled. %(n)s people will be notified.", number
        )
    else:
        text = ngettext(
            "Published. %(n)s person will be notified.", "Published. %(n)s people will be notified.", number
        )
    return text % {"n": number}
