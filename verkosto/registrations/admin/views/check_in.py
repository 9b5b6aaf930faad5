"""Check-in at the venue, on a phone with a bad connection.

The page is small and works with plain POSTs. Where scripts run, check-ins are queued until there is a connection.
"""

from typing import Any

from django.db.models import Count, Q, Sum, Value
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views import View

from verkosto.core.accounts import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.check_in import CheckInForm
from verkosto.registrations.admin.labels import refusal_message
from verkosto.registrations.admin.meetings import chosen_meeting, guests_at, meeting_options
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.venues import at_venue, chosen_venue, venue_options
from verkosto.registrations.admin.views.base import DeskViewMixin
from verkosto.registrations.domain.attendance import record_attendance, record_guest_attendance
from verkosto.registrations.enums import EXPECTED, Attendance, Participation, RegistrationStatus
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail.attendees import people_of
from verkosto.registrations.mail.check_in_codes import reference_of
from verkosto.registrations.models import Guest, GuestParticipation, Registration, guest_status
from verkosto.registrations.models.querysets import RegistrationQuerySet

MAX_ROWS = 500
MAX_SEARCH_LENGTH = 200


class CheckInView(DeskViewMixin, View):
    """List the people with a place, search them, and record who attended."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)

    @cached_property
    def registrations(self) -> RegistrationQuerySet:
        return Registration.objects.filter(desk=self.desk, purged_at__isnull=True)

    @cached_property
    def meeting(self) -> CalendarEntry | None:
        """The meeting of a series that the request names, or else the nearest in time."""
        query = self.request.POST if self.request.method == "POST" else self.request.GET
        return chosen_meeting(self.desk, query)

    @cached_property
    def venue(self) -> str:
        """The key of the venue that the request names; "" for all of them, or if there is one location."""
        return chosen_venue(self.desk, self.request.POST or self.request.GET)

    @property
    def confirmed(self) -> RegistrationQuerySet:
        return at_venue(self.registrations.confirmed(), self.desk, self.venue)

    @cached_property
    def people(self) -> RegistrationQuerySet:
        """Those with a place; in a series also those who have declined the meeting."""
        people = self.confirmed
        return people.at_meeting(self.meeting.uid) if self.meeting else people.with_attendance()

    @cached_property
    def expected(self) -> RegistrationQuerySet:
        people = self.confirmed
        return people.expected_at_meeting(self.meeting.uid) if self.meeting else people.with_attendance()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET.get("q", "")[:MAX_SEARCH_LENGTH]
        found = self.matching(query) if query else self.expected
        guests = guests_at(self.meeting)
        found = found.order_by("name", "pk").defer("answers", "agreed").prefetch_related(guests)
        rows = list(found[: MAX_ROWS + 1])
        log("registrations.list", self.desk, request.user, rows=len(rows))
        context = {
            "desk": self.desk,
            "rows": rows[:MAX_ROWS],
            "has_more": len(rows) > MAX_ROWS,
            "query": query,
            "meeting": self.meeting,
            "meeting_options": meeting_options(self.desk),
            "venue": self.venue,
            "venue_options": venue_options(self.desk),
            **self.counts(),
            "back_url": self.desk_url("registrations"),
            "changed": self.last_changed(rows),
        }
        return private_response(render(request, "verkosto_registrations/admin/check_in.html", context))

    def matching(self, query: str) -> RegistrationQuerySet:
        """Return the people who match a search, or whose guests do."""
        with_guests = Guest.objects.filter(registration__desk=self.desk).matching(query)
        themselves = self.registrations.matching(query)
        # A union and not "or", for which PostgreSQL would read all people.
        found = themselves.order_by().values("pk").union(with_guests.order_by().values("registration"))
        return self.people.filter(pk__in=found)

    def last_changed(self, rows: list[Registration]) -> Registration | Guest | None:
        """Return the person of the POST that led here, for the message at the top of the page."""
        reference = self.request.GET.get("done", "")
        people = (person for row in rows for person in people_of(row))
        return next((person for person in people if person.reference == reference), None)

    def counts(self) -> dict[str, int]:
        """Return how many people came, and the number of places. At most three queries. Guests are counted one by one."""
        counted = self.expected.aggregate(all=Sum("places", default=0), people=Count(Value(1), filter=Q(came=True)))
        if self.meeting:
            rows = GuestParticipation.objects.of_desk(self.desk).filter(meeting=self.meeting.uid)
            arrived = rows.filter(attendance=Attendance.ATTENDED).count()
            away = rows.declined().with_host(Participation.COMING).filter(attendance=Attendance.UNKNOWN).count()
        else:
            expected = Guest.objects.filter(registration__in=self.expected.values("pk"))
            arrived, away = expected.filter(attendance=Attendance.ATTENDED).count(), 0
        return {"arrived": counted["people"] + arrived, "all": counted["all"] - away}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CheckInForm(request.POST)
        if not form.is_valid():
            raise Http404
        reference = form.cleaned_data["reference"]
        guest = Guest.objects.filter(registration__in=self.registrations, reference=reference).first()
        person = guest or get_object_or_404(self.registrations, reference=reference)
        refusal = self.record(person, form.cleaned_data["attendance"])
        if request.headers.get("Accept") == "application/json":
            attendance = form.cleaned_data["attendance"]
            return private_response(JsonResponse(self.as_json(attendance, refusal)))
        query = {"done": reference, "q": request.POST.get("q", "")[:MAX_SEARCH_LENGTH]}
        if self.meeting:
            query["meeting"] = self.meeting.uid
        if self.venue:
            query["venue"] = self.venue
        return redirect(f"{self.desk_url('check_in')}?{urlencode(query)}")

    def record(self, person: Registration | Guest, attendance: str) -> Refusal | None:
        """Record the attendance. Return the refusal of a registration without a place."""
        meeting, user = self.meeting.uid if self.meeting else "", signed_in_user(self.request)
        registration = person.registration if isinstance(person, Guest) else person
        try:
            if isinstance(person, Guest):
                is_new = record_guest_attendance(guest=person, attendance=attendance, user=user, meeting=meeting)
            else:
                is_new = record_attendance(registration=person, attendance=attendance, user=user, meeting=meeting)
        except Refusal as refusal:
            return refusal
        if is_new:
            log("registrations.check_in", registration, self.request.user, attendance=attendance)
        return None

    def as_json(self, attendance: str, refusal: Refusal | None) -> dict[str, object]:
        """Return the answer to the page's script, which does not retry a check-in that was refused."""
        if refusal:
            return {"error": refusal_message(refusal)}
        return {"attendance": attendance, **self.counts()}


class CheckInCodeView(View):
    """The page of the code in a mail or on a badge: one person, one button. A GET changes nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        desks = desks_for(request.user, DeskPermission.CHANGE)
        rows = Registration.objects.filter(desk__in=desks, purged_at__isnull=True).select_related("desk")
        reference = reference_of(kwargs["code"])
        guest = Guest.objects.filter(registration__in=rows.values("pk"), reference=reference).first()
        key: Any = {"pk": guest.registration_id} if guest else {"reference": reference}
        registration = get_object_or_404(rows, **key)
        log("registrations.see", registration, request.user)
        meeting = chosen_meeting(registration.desk, request.GET)
        person = guest or registration
        row = person.participations.filter(meeting=meeting.uid).first() if meeting else None
        attendance = _status_at(meeting, guest, registration) if meeting else person.attendance
        context = {
            "registration": registration,
            "guest": guest,
            "person": person,
            "meeting": meeting,
            "meeting_options": meeting_options(registration.desk),
            "came": attendance == Attendance.ATTENDED,
            "came_at": row.checked_in_at if row else person.checked_in_at,
            "is_expected": meeting is None or attendance in EXPECTED,
            "desk": registration.desk,
            "has_place": registration.status == RegistrationStatus.CONFIRMED,
            "check_in_url": reverse("verkosto_registrations_admin:check_in", args=[registration.desk_id]),
        }
        return private_response(render(request, "verkosto_registrations/admin/check_in_person.html", context))


def _status_at(meeting: CalendarEntry, guest: Guest | None, registration: Registration) -> str:
    """Return how a person takes part in a meeting: the guest where there is one."""
    row = registration.participations.filter(meeting=meeting.uid).first()
    status = row.status if row else ""
    return guest_status(status, guest.participations.filter(meeting=meeting.uid).first()) if guest else status
