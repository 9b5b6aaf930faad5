"""The admin pages that import events from a file: the upload, its preview, and the template of a table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from event_pages.imports.csv_file import template_rows
from event_pages.imports.event_import import ImportResult, import_events
from event_pages.imports.forms import ImportForm, parent_pages
from event_pages.imports.plan import PlannedEvent, RowState, plan_import
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB, RegistrationsAdminView

TEMPLATE_NAME = "events.csv"


class ImportEventsView(RegistrationsAdminView):
    """Ask for the file, show what it would do, and import the rows that are ticked."""

    page_title = gettext_lazy("Import events")
    header_icon = "upload"
    template_name = "verkosto_events/admin/import_events.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(user=request.user, initial={"parent": request.GET.get("parent", "")})
        if not form.pages:
            raise PermissionDenied
        return self.show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES, user=request.user)
        if not form.pages:
            raise PermissionDenied
        if not form.is_valid():
            return self.show(form, status=422)
        parent, user = form.cleaned_data["parent"], signed_in_user(request)
        chosen = set(request.POST.getlist("rows"))
        if "import" in request.POST and chosen:
            result = import_events(form.events, parent=parent, user=user, chosen=chosen)
            messages.success(request, result_text(result))
            return redirect("wagtailadmin_explore", parent.pk)
        planned = plan_import(form.events, parent=parent, user=user)
        if "import" in request.POST:
            messages.error(request, pgettext("events of a file", "Choose at least one event."))
        return self.show(form.with_file_as_text(), planned)

    def show(self, form: ImportForm, planned: list[PlannedEvent] | None = None, *, status: int = 200) -> HttpResponse:
        rows = planned or []
        counts = Counter(row.state for row in rows)
        context = self.get_context_data(
            form=form,
            planned=planned,
            counts=[(state.label, counts[state]) for state in RowState if counts[state]],
            can_import=any(row.can_be_chosen for row in rows),
        )
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        events = {"url": reverse("events:index"), "label": _("Events")}
        return [HOME_BREADCRUMB, events, {"url": "", "label": self.get_page_title()}]


@require_safe
def template_view(request: HttpRequest) -> HttpResponse:
    """Return an empty table with its columns and an example, in the language of the account."""
    if not parent_pages(request.user):
        raise PermissionDenied
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows(template_rows())
    # With the byte order mark, spreadsheet programs read it as UTF-8.
    response = HttpResponse(table.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{TEMPLATE_NAME}"'
    return response


def result_text(result: ImportResult) -> str:
    """Return what an import has done, in the active language."""
    made = ngettext("%(n)s event was made as a draft.", "%(n)s events were made as drafts.", result.made)
    changed = ngettext("%(n)s event has a new draft.", "%(n)s events have new drafts.", result.changed)
    parts = [(result.made, made), (result.changed, changed)]
    return " ".join(text % {"n": number} for number, text in parts if number) or _("Nothing was changed.")
