"""The admin page with the meetings online, what failed, and the button that has it tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.permissions import page_permission_policy

from event_pages.models import EventPage, OnlineMeeting
from event_pages.online_meetings.providers import meeting_providers
from event_pages.online_meetings.reconciliation import try_again
from verkosto.core.users import AnyUser
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB, RegistrationsAdminView

PAGE_SIZE = 30


@dataclass(frozen=True)
class MeetingRow:
    """A row of the list: the meeting, its event (None for a deleted one), and the label of the provider."""

    meeting: OnlineMeeting
    event: EventPage | None
    provider: str


def meetings_for(user: AnyUser) -> QuerySet[OnlineMeeting]:
    """Return the meetings of the events that a user may edit, in any language; those that failed first."""
    rows = OnlineMeeting.objects.order_by("-failure", "-created_at", "-pk")
    if user.is_superuser:
        return rows  # also those of deleted events
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    return rows.filter(translation_key__in=editable.values("translation_key"))


class OnlineMeetingsView(RegistrationsAdminView):
    """The list of meetings online."""

    page_title = gettext_lazy("Online meetings")
    header_icon = "calendar-check"
    template_name = "verkosto_events/admin/online_meetings.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not page_permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        page = Paginator(meetings_for(request.user), PAGE_SIZE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(page=page, rows=rows_of(page)))

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        events = {"url": reverse("events:index"), "label": _("Events")}
        return [HOME_BREADCRUMB, events, {"url": "", "label": self.get_page_title()}]


def rows_of(page: PageOfList[OnlineMeeting]) -> list[MeetingRow]:
    """Return the rows of a page of the list, with the events in the language of the account. One query."""
    keys = [meeting.translation_key for meeting in page]
    events = EventPage.objects.filter(translation_key__in=keys).in_language_or_original(get_language() or "")
    by_key = {event.translation_key: event for event in events.defer_streamfields()}
    return [MeetingRow(meeting, by_key.get(meeting.translation_key), _provider_label(meeting)) for meeting in page]


def _provider_label(meeting: OnlineMeeting) -> str:
    name = (meeting.wanted or meeting.made or {}).get("provider", "")
    provider = meeting_providers().get(name)
    return str(provider.label) if provider else name


@require_POST
def try_again_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the worker act on a meeting now, whose last attempt failed."""
    if try_again(get_object_or_404(meetings_for(request.user), pk=pk)):
        messages.success(request, _("It will be tried again in a moment."))
    return redirect("verkosto_events_meetings:list")
