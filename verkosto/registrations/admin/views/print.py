"""Attendance lists, name badges and certificates of attendance for printing."""

from collections.abc import Sequence
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views import View

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.print import PrintForm
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import DeskAdminView, DeskViewMixin
from verkosto.registrations.domain.certificates import Certificate, certificates_of
from verkosto.registrations.domain.chosen_meeting import chosen_meeting, guests_at, meeting_options
from verkosto.registrations.domain.venues import at_venue, venue_options
from verkosto.registrations.enums import Participation
from verkosto.registrations.exports.certificate_pdf import certificate_pdf, has_all_letters
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail.attendees import people_of
from verkosto.registrations.mail.check_in_codes import qr_svg
from verkosto.registrations.models import Guest, GuestParticipation, Registration


class PrintOptionsView(DeskAdminView):
    """Ask what to print."""

    page_title = _("Print")
    header_icon = "doc-full"
    tab = "print"
    template_name = "verkosto_registrations/admin/print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        meeting = chosen_meeting(self.desk, {})
        initial = {"meeting": meeting.uid} if meeting else {}
        venues = venue_options(self.desk)
        form = PrintForm(meetings=meeting_options(self.desk), venues=venues, initial=initial)
        return {**super().get_context_data(**kwargs), "form": form}


class PrintView(DeskViewMixin, View):
    """A page for printing: without the admin's menus, and with styles of its own."""

    template_name = ""
    document = ""
    per_part = 0  # registrations in one request; more are printed in parts

    @cached_property
    def chosen(self) -> dict[str, str]:
        venues = venue_options(self.desk)
        form = PrintForm(self.request.GET, meetings=meeting_options(self.desk), venues=venues)
        return form.cleaned_data if form.is_valid() else {}

    @property
    def meeting(self) -> CalendarEntry | None:
        """The chosen meeting of a series; None for all of them."""
        return self.desk.meeting(self.chosen.get("meeting", ""))

    def registrations(self) -> QuerySet[Registration]:
        chosen, meeting = self.chosen, self.meeting
        people = Registration.objects.filter(desk=self.desk, purged_at__isnull=True).confirmed()
        people = at_venue(people, self.desk, chosen.get("venue", ""))
        rows = people.expected_at_meeting(meeting.uid) if meeting else people.with_attendance()
        if chosen.get("who") == "attended":
            rows = rows.filter(Q(came=True))
        first = ["organisation"] if chosen.get("order") == "organisation" else []
        return rows.order_by(*first, "name", "pk").defer("answers", "agreed").prefetch_related(guests_at(meeting))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.registrations()
        totals = rows.order_by().aggregate(registrations=Count("*"), places=Sum("places", default=0))
        away = self.guests_away()
        paginator = Paginator(rows, self.per_part)
        paginator.count = totals["registrations"]  # already counted, with the places
        part = paginator.get_page(request.GET.get("part"))
        registrations = list(part.object_list)
        query = request.GET.copy()
        query.pop("part", None)
        query.pop("format", None)
        log("registrations.print", self.desk, request.user, rows=len(registrations), paper=self.document)
        context = {
            "desk": self.desk,
            "meeting": self.meeting,
            "rows": self.rows(registrations),
            "places": totals["places"] - away,
            "part": part,
            "first_line": self.first_line(rows, part),
            "query": query.urlencode(),
            "back_url": self.desk_url("print"),
        }
        return private_response(self.respond(context))

    def guests_away(self) -> int:
        """Return how many guests do not come to the chosen meeting though the person who brings them does."""
        if self.meeting is None or self.chosen.get("who") == "attended":
            return 0
        rows = GuestParticipation.objects.of_desk(self.desk).filter(meeting=self.meeting.uid)
        return rows.declined().with_host(Participation.COMING).count()

    def respond(self, context: dict[str, object]) -> HttpResponse:
        """Return the document."""
        return render(self.request, self.template_name, context)

    def rows(self, registrations: list[Registration]) -> Sequence[object]:
        """Return what is printed for each person."""
        raise NotImplementedError

    def first_line(self, rows: QuerySet[Registration], part: Page) -> int:
        """Return the number of people in the parts before this one."""
        before = rows[: part.start_index() - 1] if part.number > 1 else rows.none()
        return sum(before.values_list("places", flat=True))


def has_come(person: Registration | Guest) -> bool:
    """Return whether a person or guest came: to the chosen meeting of a series, or otherwise to the event."""
    return bool(getattr(person, "came", False))


def expected_people(registration: Registration) -> list[Registration | Guest]:
    """Return a person and their guests, without the guests who do not come to the chosen meeting."""
    return [person for person in people_of(registration) if getattr(person, "comes_there", True)]


class AttendanceListView(PrintView):
    """Names with room for a signature. Each guest has a line."""

    template_name = "verkosto_registrations/admin/attendance_list.html"
    document = "list"
    per_part = 500

    def registrations(self) -> QuerySet[Registration]:
        return super().registrations().only("name", "organisation", "places", "reference", "attendance")

    def rows(self, registrations: list[Registration]) -> list[dict[str, object]]:
        lines = []
        for row in registrations:
            lines += [
                {
                    "name": person.name,
                    "organisation": person.organisation or row.organisation,
                    "of": row.name if number else "",
                    "row": row,
                    "came": has_come(person),
                }
                for number, person in enumerate(expected_people(row))
            ]
        return lines


class BadgesView(PrintView):
    """Name badges of 90 × 55 mm, ten on an A4, each with the code for check-in."""

    template_name = "verkosto_registrations/admin/badges.html"
    document = "badges"
    per_part = 200

    def rows(self, registrations: list[Registration]) -> list[dict[str, object]]:
        for row in registrations:
            row.desk = self.desk
        return [
            {
                "name": person.name,
                "organisation": person.organisation or row.organisation,
                "language": row.language,
                "event": self.desk.version(row.language).get("title", self.desk.title),
                "code": qr_svg(person),
            }
            for row in registrations
            for person in expected_people(row)
            if person.name or person is row
        ]


class CertificatesView(PrintView):
    """Certificates of attendance for those who were checked in, each in the language of the registration."""

    template_name = "verkosto_registrations/admin/certificates.html"
    document = "certificates"
    per_part = 200

    def registrations(self) -> QuerySet[Registration]:
        came = super().registrations().filter(Q(came=True))
        return came.prefetch_related("participations", "guests__participations") if self.desk.meetings() else came

    def respond(self, context: dict[str, object]) -> HttpResponse:
        """Return the page for printing, or the same as a PDF."""
        certificates = cast("list[Certificate]", context["rows"])
        has_file = bool(certificates) and has_all_letters(certificates)
        if self.request.GET.get("format") != "pdf" or not has_file:
            return super().respond({**context, "has_file": has_file})
        response = HttpResponse(certificate_pdf(certificates), content_type="application/pdf")
        name = f"{slugify(self.desk.title)[:60] or 'certificates'}-{timezone.localdate():%Y-%m-%d}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def rows(self, registrations: list[Registration]) -> list[Certificate]:
        for row in registrations:
            row.desk = self.desk
        return [certificate for row in registrations for certificate in certificates_of(row, row.language)]
