"""Attendance lists and name badges for printing."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views import View

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.views.base import DeskAdminView, DeskViewMixin
from verkosto.registrations.admin.views.check_in import private_response
from verkosto.registrations.check_in_codes import qr_svg
from verkosto.registrations.models import Registration


class PrintForm(forms.Form):
    """Who is on the paper, and in which order."""

    who = forms.ChoiceField(
        label=pgettext_lazy("on a list", "Who"),
        choices=[("place", _("Everyone with a place")), ("attended", _("People who attended"))],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Order"), choices=[("name", _("By name")), ("organisation", _("By organisation"))], required=False
    )


class PrintOptionsView(DeskAdminView):
    """What can be printed."""

    page_title = _("Print")
    header_icon = "doc-full"
    tab = "print"
    template_name = "verkosto_registrations/admin/print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": PrintForm()}


class PrintView(DeskViewMixin, View):
    """A page made for paper: no furniture, its own style for print."""

    template_name = ""
    paper = ""

    def people(self) -> QuerySet[Registration]:
        form = PrintForm(self.request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        rows = Registration.objects.filter(desk=self.desk, purged_at__isnull=True).confirmed()
        if chosen.get("who") == "attended":
            rows = rows.filter(attendance="attended")
        first = ["organisation"] if chosen.get("order") == "organisation" else []
        return rows.order_by(*first, "name", "pk").defer("answers", "agreed")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = list(self.people())
        log("registrations.print", self.desk, request.user, rows=len(rows), paper=self.paper)
        context = {"desk": self.desk, "rows": self.sheets(rows), "places": sum(row.places for row in rows)}
        return private_response(render(request, self.template_name, {**context, "back_url": self.desk_url("print")}))

    def sheets(self, rows: list[Registration]) -> list[Any]:
        return rows


class AttendanceListView(PrintView):
    """Names with room for a signature; people who come along have their own line."""

    template_name = "verkosto_registrations/admin/attendance_list.html"
    paper = "list"

    def sheets(self, rows: list[Registration]) -> list[Any]:
        lines = []
        for row in rows:
            names = [row.name, *row.companions, *[""] * (row.places - 1 - len(row.companions))]
            lines += [
                {"name": name, "organisation": row.organisation, "of": row.name if number else "", "row": row}
                for number, name in enumerate(names)
            ]
        return lines


class BadgesView(PrintView):
    """Name badges of 90 × 55 mm, ten on an A4, each with the code for check-in."""

    template_name = "verkosto_registrations/admin/badges.html"
    paper = "badges"

    def sheets(self, rows: list[Registration]) -> list[Any]:
        for row in rows:
            row.desk = self.desk
        return [
            {
                "name": name,
                "organisation": row.organisation,
                "language": row.language,
                "event": self.desk.version(row.language).get("title", self.desk.title),
                "code": qr_svg(row),
            }
            for row in rows
            for name in [row.name, *row.companions]
        ]
