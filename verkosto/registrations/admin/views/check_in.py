"""Check-in at the venue, on a phone with a bad connection.

The page is small and works with plain POSTs. Where scripts run, check-ins are queued until there is a connection.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views import View

from verkosto.core.users import AnyUser, signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.check_in import CheckInForm
from verkosto.registrations.admin.labels import event_time, refusal_message
from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB, DeskViewMixin, RegistrationsAdminView
from verkosto.registrations.domain.check_in import MAX_ROWS, MAX_SEARCH_LENGTH, CheckInList, person_in
from verkosto.registrations.domain.chosen_meeting import chosen_meeting, meeting_options
from verkosto.registrations.domain.event_days import held_on, site_day, takes_place_on
from verkosto.registrations.domain.venues import chosen_venue, venue_options
from verkosto.registrations.enums import EXPECTED, NOT_HELD, Attendance, RegistrationStatus
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail.check_in_codes import reference_of
from verkosto.registrations.models import Desk, Guest, Registration, guest_status

TODAY_URL_NAME = "verkosto_registrations_admin:check_in_today"


class CheckInView(DeskViewMixin, View):
    """List the people with a place, search them, and record who attended."""

    required_permissions = (DeskPermission.CHECK_IN,)

    @cached_property
    def people(self) -> CheckInList:
        """The list of the meeting and venue that the request names; the nearest meeting and all venues without."""
        query = self.request.POST if self.request.method == "POST" else self.request.GET
        return CheckInList(
            desk=self.desk,
            meeting=chosen_meeting(self.desk, query, self.day),
            venue=chosen_venue(self.desk, query),
            searches_addresses=self.has_permission(DeskPermission.SEE),
        )

    @cached_property
    def day(self) -> date | None:
        """The day to whose meetings a user without further permissions is limited; None for others."""
        return allowed_day(self.request.user, self.desk)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET.get("q", "")[:MAX_SEARCH_LENGTH]
        rows = self.people.rows(query)
        log("registrations.list", self.desk, request.user, rows=len(rows))
        may_see = self.has_permission(DeskPermission.SEE)
        context = {
            "desk": self.desk,
            "rows": rows[:MAX_ROWS],
            "has_more": len(rows) > MAX_ROWS,
            "query": query,
            "meeting": self.people.meeting,
            "meeting_options": meeting_options(self.desk, self.day),
            "venue": self.people.venue,
            "venue_options": venue_options(self.desk),
            **self.people.counts(),
            "may_see": may_see,
            "back_url": self.desk_url("registrations") if may_see else reverse(TODAY_URL_NAME),
            "changed": person_in(rows, request.GET.get("done", "")),
        }
        return private_response(render(request, "verkosto_registrations/admin/check_in.html", context))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CheckInForm(request.POST)
        if not form.is_valid():
            raise Http404
        reference = form.cleaned_data["reference"]
        person = self.people.person(reference)
        if person is None:
            raise Http404
        refusal = self.record(person, form.cleaned_data["attendance"])
        if request.headers.get("Accept") == "application/json":
            attendance = form.cleaned_data["attendance"]
            return private_response(JsonResponse(self.as_json(attendance, refusal)))
        query = {"done": reference, "q": request.POST.get("q", "")[:MAX_SEARCH_LENGTH]}
        if self.people.meeting:
            query["meeting"] = self.people.meeting.uid
        if self.people.venue:
            query["venue"] = self.people.venue
        return redirect(f"{self.desk_url('check_in')}?{urlencode(query)}")

    def record(self, person: Registration | Guest, attendance: str) -> Refusal | None:
        """Record the attendance. Return the refusal of a registration without a place."""
        try:
            is_new = self.people.record(person, attendance, user=signed_in_user(self.request))
        except Refusal as refusal:
            return refusal
        if is_new:
            registration = person.registration if isinstance(person, Guest) else person
            log("registrations.check_in", registration, self.request.user, attendance=attendance)
        return None

    def as_json(self, attendance: str, refusal: Refusal | None) -> dict[str, object]:
        """Return the answer to the page's script, which does not retry a check-in that was refused."""
        if refusal:
            return {"error": refusal_message(refusal)}
        return {"attendance": attendance, **self.people.counts()}


class CheckInTodayView(RegistrationsAdminView):
    """The events of today at which the user may check people in; all that the role *Check-in* needs."""

    page_title = gettext_lazy("Check-in today")
    header_icon = "check"
    breadcrumbs_items = [HOME_BREADCRUMB]
    template_name = "verkosto_registrations/admin/check_in_today.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not has_permission(request.user, DeskPermission.CHECK_IN):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        day = site_day()
        desks = desks_for(self.request.user, DeskPermission.CHECK_IN).filter(held_on(day))
        held = desks.exclude(status__in=NOT_HELD).order_by("starts_at", "pk")
        rows = [desk for desk in held if takes_place_on(desk, day)]
        return {
            **super().get_context_data(**kwargs),
            "rows": [{"desk": desk, "when": event_time(desk)} for desk in rows],
        }


class CheckInCodeView(View):
    """The page of the code in a mail or on a badge: one person, one button. A GET changes nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        desks = desks_for(request.user, DeskPermission.CHECK_IN)
        rows = Registration.objects.filter(desk__in=desks, purged_at__isnull=True).select_related("desk")
        reference = reference_of(kwargs["code"])
        guest = Guest.objects.filter(registration__in=rows.values("pk"), reference=reference).first()
        key: Any = {"pk": guest.registration_id} if guest else {"reference": reference}
        registration = get_object_or_404(rows, **key)
        if not has_permission(request.user, DeskPermission.CHECK_IN, registration.desk):
            raise Http404
        log("registrations.see", registration, request.user)
        day = allowed_day(request.user, registration.desk)
        meeting = chosen_meeting(registration.desk, request.GET, day)
        person = guest or registration
        row = person.participations.filter(meeting=meeting.uid).first() if meeting else None
        attendance = _status_at(meeting, guest, registration) if meeting else person.attendance
        context = {
            "registration": registration,
            "guest": guest,
            "person": person,
            "meeting": meeting,
            "meeting_options": meeting_options(registration.desk, day),
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


def allowed_day(user: AnyUser, desk: Desk) -> date | None:
    """Return today for a user who may check people in on the day of the event alone; None for one who may on any day."""
    return None if has_permission(user, DeskPermission.CHANGE, desk) else site_day()
