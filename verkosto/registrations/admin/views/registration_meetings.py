from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.meetings import ParticipationForm
from verkosto.registrations.admin.labels import refusal_message
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.views.registration_detail import RegistrationViewMixin
from verkosto.registrations.domain.guest_participations import set_guest_participation
from verkosto.registrations.domain.participations import set_participation
from verkosto.registrations.exceptions import Refusal


class RegistrationMeetingView(RegistrationViewMixin, View):
    """Set how a registered person takes part in one meeting of a series."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ParticipationForm(request.POST)
        if form.is_valid():
            self.save(**form.cleaned_data)
        else:
            messages.error(request, _("Choose whether the person is coming to the meeting."))
        return redirect(self.registration_url)

    def save(self, meeting: str, status: str, guest: str) -> None:
        """Save the choice, with a message that says what has become of it."""
        given: dict[str, Any] = {"registration": self.registration, "meeting": meeting, "status": status}
        user = signed_in_user(self.request)
        try:
            if guest:
                changed = set_guest_participation(reference=guest, user=user, **given)
            else:
                changed = set_participation(user=user, **given)
        except Refusal as refusal:
            messages.error(self.request, refusal_message(refusal))
            return
        if changed:
            log("registrations.change", self.registration, self.request.user, what="meeting", status=status)
            messages.success(self.request, _("The meeting is saved."))
