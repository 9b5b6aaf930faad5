from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.export import ExportForm
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.selection import selected_registrations, selection_of
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.exports import Export, export_formats
from verkosto.registrations.models import Registration


class ExportView(DeskAdminView):
    """Stream an export of the selected registrations. Only a POST exports, and each export is in the audit log."""

    required_permissions = (DeskPermission.SEE, DeskPermission.EXPORT)
    page_title = _("Export")
    header_icon = "download"
    tab = "export"
    template_name = "verkosto_registrations/admin/export.html"

    def get_form(self, data: Mapping[str, object] | None = None) -> ExportForm:
        offers_sensitive = (
            self.has_permission(DeskPermission.READ_SENSITIVE) and self.desk.questions.filter(sensitive=True).exists()
        )
        return ExportForm(
            data, offers_sensitive=offers_sensitive, initial={"format": "xlsx", "language": get_language()}
        )

    @cached_property
    def selection(self) -> QuerySet[Registration]:
        return selected_registrations(self.desk, self.request.user, self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {
            **super().get_context_data(**kwargs),
            "form": kwargs.get("form") or self.get_form(),
            "number": self.selection.count(),
            "is_selection": bool(selection_of(self.request.GET) or self.request.GET.get("q")),
            "back_url": self.desk_url("registrations"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        chosen = form.cleaned_data
        # Registrations that arrive while the file is streamed are left out, so that it has as many rows as the log says.
        now = self.selection.aggregate(rows=Count("pk"), last=Max("pk"))
        export = Export(
            desk=self.desk,
            registrations=self.selection.filter(pk__lte=now["last"] or 0),
            language=chosen["language"],
            sensitive=chosen.get("sensitive", False),
        )
        kind = export_formats()[chosen["format"]]
        log(
            "registrations.export",
            self.desk,
            request.user,
            format=kind.name,
            sensitive=export.sensitive,
            rows=now["rows"],
        )
        response = StreamingHttpResponse(kind.stream(export), content_type=kind.content_type)
        name = f"{slugify(self.desk.title)[:60] or 'export'}-{timezone.localdate():%Y-%m-%d}.{kind.name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        response["X-Content-Type-Options"] = "nosniff"
        return response
