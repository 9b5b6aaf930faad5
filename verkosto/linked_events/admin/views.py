"""The list of events that the server has or is to have, with their states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from verkosto.linked_events.admin.permissions import SEE, SEND, may_import_places, policy
from verkosto.linked_events.enums import PushState
from verkosto.linked_events.models import PushedEvent
from verkosto.linked_events.push.outbox import write
from verkosto.registrations.admin.columns import DetailTitleColumn, StateColumn
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB

TITLE = _("Events on LinkedEvents")
ICONS: dict[str, str] = {
    PushState.WAITING: "time",
    PushState.SENDING: "rotate",
    PushState.SENT: "check",
    PushState.WITHDRAWN: "cross",
    PushState.FAILED: "warning",
}
TONES: dict[str, str] = {PushState.SENT: "good", PushState.WITHDRAWN: "quiet", PushState.FAILED: "bad"}


def push_state(row: PushedEvent) -> dict[str, object]:
    """Return the label, icon and tone of a state."""
    is_delayed = row.state == PushState.WAITING and row.problem
    return {
        "label": _("Will be tried again") if is_delayed else row.get_state_display(),
        "icon": ICONS.get(row.state, "help"),
        "tone": TONES.get(row.state, "plain"),
    }


def problem_of(row: PushedEvent) -> str:
    """Return why an event is not sent, in words; with the answer of the server, if there is one."""
    parts = [row.get_problem_display(), str(row.response_code or "") if row.problem else "", row.detail]
    return ": ".join(part for part in parts if part)


class SendAgainColumn(BaseColumn):
    """A button that sends an event again."""

    cell_template_name = "verkosto_linked_events/admin/send_again.html"

    def get_cell_context_data(self, instance: PushedEvent, parent_context: Mapping[str, object]) -> dict[str, object]:
        context: dict[str, object] = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(cast("HttpRequest", parent_context["request"]))}


class PushedEventFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=PushState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = PushedEvent
        fields: list[str] = []


class PushedEventIndexView(generic.IndexView):
    """The list."""

    model = PushedEvent
    permission_policy = policy
    any_permission_required = [SEE, SEND]
    header_icon = "globe"
    page_title = TITLE
    filterset_class = PushedEventFilterSet
    is_searchable = False
    paginate_by = 50
    default_ordering = "-changed_at"
    template_name = "verkosto_registrations/admin/desks.html"
    results_template_name = "verkosto_registrations/admin/results.html"
    index_url_name = "linked_events:index"
    index_results_url_name = "linked_events:index_results"
    locale = None

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns: list[BaseColumn] = [
            DetailTitleColumn(
                "title", label=_("Event"), sort_key="title", get_url=lambda row: None, detail=problem_of
            ),
            StateColumn("state", label=_("State"), accessor=push_state, sort_key="state"),
            DateColumn("changed_at", label=_("Changed"), sort_key="changed_at", classname="reg-wide-only"),
            DateColumn("sent_at", label=_("Sent"), sort_key="sent_at", classname="reg-wide-only"),
        ]
        may_send = policy.user_has_permission(self.request.user, SEND)
        return [*columns, *([SendAgainColumn("send", label=_("Send again"))] if may_send else [])]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_import_places(self.request.user):
            return []
        return [HeaderButton(_("Import places"), reverse("linked_events:places"), icon_name="home")]

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME_BREADCRUMB, {"url": "", "label": TITLE}]


class SendAgainView(View):
    """Send one event again."""

    http_method_names = ["post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not policy.user_has_permission(request.user, SEND):
            raise PermissionDenied

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(PushedEvent, pk=pk)
        if write(row.translation_key, row.title):
            log(instance=row, action="linked_events.send", user=request.user)
            messages.success(request, _("The event is being sent again. Its state is in the list."))
        else:
            messages.warning(request, _("This site sends its events to no LinkedEvents server."))
        return redirect("linked_events:index")
