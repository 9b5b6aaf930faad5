"""Check-in at the door, on a phone and a bad network: a small page, plain POSTs, and a queue where scripts run."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.labels import refusal_message
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.admin.views.base import DeskViewMixin
from verkosto.registrations.check_in_codes import reference_of
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.models import Registration

MAX_ROWS = 500  # rows on one page


class CheckInForm(forms.Form):
    """Who, and whether they came ("" takes it back)."""

    reference = forms.CharField(max_length=16)
    attendance = forms.ChoiceField(choices=[("attended", ""), ("", "")], required=False)


class CheckInView(DeskViewMixin, View):
    """Everybody with a place, to be found by name and checked in with one touch."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Check-in")

    @cached_property
    def expected(self) -> Any:
        return Registration.objects.filter(desk=self.desk, purged_at__isnull=True).confirmed()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = request.GET.get("q", "")[:200]
        found = self.expected.matching(words) if words else self.expected
        rows = list(found.order_by("name", "pk").defer("answers", "agreed")[: MAX_ROWS + 1])
        log("registrations.list", self.desk, request.user, rows=len(rows))
        context = {
            "desk": self.desk,
            "rows": rows[:MAX_ROWS],
            "has_more": len(rows) > MAX_ROWS,
            "words": words,
            **self.counts(),
            "back_url": self.desk_url("registrations"),
            "changed": self.changed(rows),
        }
        return private_response(render(request, "verkosto_registrations/admin/check_in.html", context))

    def changed(self, rows: list[Registration]) -> Registration | None:
        """The row of the last POST, told about at the top of the page."""
        reference = self.request.GET.get("done", "")
        return next((row for row in rows if row.reference == reference), None)

    def counts(self) -> dict[str, int]:
        """Places, not rows: people who come along count too."""
        return {"arrived": self.expected.filter(attendance="attended").places(), "all": self.expected.places()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CheckInForm(request.POST)
        wants_json = request.headers.get("Accept") == "application/json"
        if not form.is_valid():
            raise Http404
        chosen = form.cleaned_data
        rows = Registration.objects.filter(desk=self.desk, purged_at__isnull=True)
        registration = get_object_or_404(rows, reference=chosen["reference"])
        try:
            if record_attendance(registration=registration, attendance=chosen["attendance"], user=request.user):
                log("registrations.check_in", registration, request.user, attendance=chosen["attendance"])
        except Refusal as refusal:
            if wants_json:
                # Not tried again by the queue.
                return private_response(JsonResponse({"error": refusal_message(refusal)}))
        if wants_json:
            return private_response(JsonResponse({"attendance": registration.attendance, **self.counts()}))
        query = {"done": registration.reference, "q": request.POST.get("q", "")[:200]}
        return redirect(f"{self.desk_url('check_in')}?{urlencode(query)}")


class CheckInCodeView(View):
    """Where the code from a mail or a badge leads: one person, one button. Looking changes nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reference = reference_of(kwargs["code"])
        rows = Registration.objects.filter(
            Q(purged_at__isnull=True), desk__in=desks_for(request.user, DeskPermission.CHANGE)
        ).select_related("desk")
        registration = get_object_or_404(rows, reference=reference)
        log("registrations.see", registration, request.user)
        context = {
            "registration": registration,
            "desk": registration.desk,
            "has_place": registration.status == RegistrationStatus.CONFIRMED,
            "check_in_url": reverse("verkosto_registrations_admin:check_in", args=[registration.desk_id]),
            "page_title": _("Check-in"),
        }
        return private_response(render(request, "verkosto_registrations/admin/check_in_person.html", context))


def private_response(response: HttpResponse) -> HttpResponse:
    """Kept in no cache, its address told to nobody."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    return response
