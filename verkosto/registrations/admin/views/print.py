"""Attendance lists and name badges for printing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.print import PrintForm
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import DeskAdminView, DeskViewMixin
from verkosto.registrations.enums import Attendance
from verkosto.registrations.mail.check_in_codes import qr_svg
from verkosto.registrations.models import Registration


class PrintOptionsView(DeskAdminView):
    """Ask what to print."""

    page_title = _("Print")
    header_icon = "doc-full"
    tab = "print"
    template_name = "verkosto_registrations/admin/print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": PrintForm()}


class PrintView(DeskViewMixin, View):
    """A page for printing: without the admin's menus, and with styles of its own."""

    template_name = ""
    document = ""

    def registrations(self) -> QuerySet[Registration]:
        form = PrintForm(self.request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        rows = Registration.objects.filter(desk=self.desk, purged_at__isnull=True).confirmed()
        if chosen.get("who") == "attended":
            rows = rows.filter(attendance=Attendance.ATTENDED)
        first = ["organisation"] if chosen.get("order") == "organisation" else []
        return rows.order_by(*first, "name", "pk").defer("answers", "agreed")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        registrations = list(self.registrations())
        log("registrations.print", self.desk, request.user, rows=len(registrations), paper=self.document)
        context = {
            "desk": self.desk,
            "rows": self.rows(registrations),
            "places": sum(registration.places for registration in registrations),
            "back_url": self.desk_url("print"),
        }
        return private_response(render(request, self.template_name, context))

    def rows(self, registrations: list[Registration]) -> list[dict[str, Any]]:
        """Return what is printed for each person."""
        raise NotImplementedError


class AttendanceListView(PrintView):
    """Names with room for a signature. Each companion has a line."""

    template_name = "verkosto_registrations/admin/attendance_list.html"
    document = "list"

    def rows(self, registrations: list[Registration]) -> list[dict[str, Any]]:
        lines = []
        for row in registrations:
            names = [row.name, *row.companions, *[""] * (row.places - 1 - len(row.companions))]
            lines += [
                {"name": name, "organisation": row.organisation, "of": row.name if number else "", "row": row}
                for number, name in enumerate(names)
            ]
        return lines


class BadgesView(PrintView):
    """Name badges of 90 × 55 mm, ten on an A4, each with the code for check-in."""

    template_name = "verkosto_registrations/admin/badges.html"
    document = "badges"

    def rows(self, registrations: list[Registration]) -> list[dict[str, Any]]:
        for row in registrations:
            row.desk = self.desk
        return [
            {
                "name": name,
                "organisation": row.organisation,
                "language": row.language,
                "event": self.desk.version(row.language).get("title", self.desk.title),
                "code": qr_svg(row),
            }
            for row in registrations
            for name in [row.name, *row.companions]
        ]
