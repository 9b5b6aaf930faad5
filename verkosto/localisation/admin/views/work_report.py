"""The report of work by person and month, as a page and as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verkosto.core.users import signed_in_user
from verkosto.localisation.permissions.access import locale_ids_for, require
from verkosto.localisation.workflow.work_report import work_by_month, write_csv


@require_safe
def work_report_view(request: HttpRequest) -> HttpResponse:
    require(locale_ids_for(request.user))
    rows = work_by_month(signed_in_user(request))
    if request.GET.get("format") == "csv":
        response = HttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="translation-work.csv"'
        return response
    return render(
        request,
        "verkosto_localisation/work_report.html",
        {
            "rows": rows,
            "header_title": _("Work by month"),
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
                {"url": "", "label": _("Work by month")},
            ],
        },
    )
