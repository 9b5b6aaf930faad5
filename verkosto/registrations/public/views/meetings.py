"""Declining and adding single meetings of a series, behind a personal link (see ``manage_session``)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verkosto.registrations.domain.guest_participations import change_guest_participation
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.exceptions import ChangesClosed, DeskFull, Refusal
from verkosto.registrations.models import Registration
from verkosto.registrations.public.views.manage_session import manage_session_required
from verkosto.registrations.public.views.responses import message_page

FRAGMENT = "meetings"  # the id of the list on the registration's page


@manage_session_required
@require_POST
def change_meeting(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Decline the meeting that the form names, or add it again: for the guest that it names, if any."""
    meeting, comes = request.POST.get("meeting", ""), request.POST.get("comes") == "yes"
    try:
        if guest := request.POST.get("guest", ""):
            change_guest_participation(registration=registration, reference=guest, meeting=meeting, comes=comes)
        else:
            change_participation(registration=registration, meeting=meeting, comes=comes)
    except DeskFull:
        heading = _("All places at this meeting are taken")
        text = _("There is no place for your guest. If one becomes available, you can add the meeting then.")
    except ChangesClosed:
        heading = _("The meeting can no longer be changed")
        text = _("The time for changes has passed. Contact the organiser.")
    except Refusal:
        heading = _("This is no longer possible")
        text = _(
            "The meeting or your registration has changed in the meantime. Open your registration again to see it."
        )
    else:
        overview = reverse("verkosto_registrations:manage", args=[registration.reference])
        return redirect(f"{overview}#{FRAGMENT}")
    texts = registration.desk.version()
    return message_page(request, heading, text, status=409, registration=registration, texts=texts)
