"""The admin page that publishes, postpones or cancels several meetings of a series, and shows first who is notified."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from event_pages.meetings.change_forms import ChangeMeetingsForm
from event_pages.meetings.changes import PlannedMeeting, change_meetings, plan_change
from event_pages.meetings.series_views import SeriesAdminView
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.announcement_preview import changes_of, joint_previews


class ChangeMeetingsView(SeriesAdminView):
    """Choose meetings and an action; see what becomes of each and who is notified; confirm."""

    page_title = gettext_lazy("Change several meetings")
    template_name = "verkosto_events/admin/change_meetings.html"

    def is_allowed(self) -> bool:
        return bool(self.series.permissions_for_user(self.request.user).can_publish_subpage())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(ChangeMeetingsForm(series=self.series))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ChangeMeetingsForm(request.POST, series=self.series)
        if not form.is_valid():
            return self.show(form, status=422)
        user = signed_in_user(request)
        planned = plan_change(form.cleaned_data["meetings"], form.change, user)
        changed = [each for each in planned if not each.refusal]
        if "confirm" not in request.POST or not changed:
            return self.show(form, planned)
        people = change_meetings(changed, user=user)
        done = ngettext("%(n)s meeting was changed.", "%(n)s meetings were changed.", len(changed))
        notified = ngettext("%(n)s person will be notified.", "%(n)s people will be notified.", people)
        messages.success(request, f"{done % {'n': len(changed)}} {notified % {'n': people}}")
        return redirect(self.list_url)

    def show(
        self, form: ChangeMeetingsForm, planned: list[PlannedMeeting] | None = None, *, status: int = 200
    ) -> HttpResponse:
        drafts = [each.draft for each in planned or [] if not each.refusal]
        previews = joint_previews(changes_of(drafts, timezone.now())) if drafts else []
        context = self.get_context_data(
            form=form,
            planned=planned,
            number_changed=len(drafts),
            previews=previews,
            number=sum(preview.number for preview in previews),
        )
        return self.render_to_response(context, status=status)
