"""The pages on which somebody corrects, replaces or cancels one of their guests, behind their personal link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verkosto.registrations.domain import guests
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.forms.guests import GuestForm
from verkosto.registrations.models import Guest, Registration
from verkosto.registrations.public.views.manage_pages import manage_page, refusal_page
from verkosto.registrations.public.views.manage_session import manage_session_required


@manage_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_guest(request: HttpRequest, registration: Registration, guest: str) -> HttpResponse:
    """Show what is known about a guest, and correct it or name another person."""
    found = _guest(registration, guest)
    sent = request.POST if request.method == "POST" else None
    form = GuestForm(sent, guest=found, registration=registration)
    if form.is_valid():
        try:
            guests.replace_guest(registration=registration, reference=guest, data=form.data_of_guest)
        except Refusal:
            return _not_possible(request, registration)
        return redirect("verkosto_registrations:manage", reference=registration.reference)
    status = 422 if form.is_bound else 200
    return manage_page(request, registration, "guest.html", status=status, form=form, guest=found)


@manage_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_guest(request: HttpRequest, registration: Registration, guest: str) -> HttpResponse:
    """Ask whether to cancel the place of a guest, then cancel it."""
    found = _guest(registration, guest)
    if request.method != "POST":
        return manage_page(request, registration, "guest_cancel.html", guest=found)
    try:
        guests.cancel_guest(registration=registration, reference=guest)
    except Refusal:
        return _not_possible(request, registration)
    return redirect("verkosto_registrations:manage", reference=registration.reference)


def _guest(registration: Registration, reference: str) -> Guest:
    found = registration.guests.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _not_possible(request: HttpRequest, registration: Registration) -> HttpResponse:
    return refusal_page(
        request,
        registration,
        _("The guest can no longer be changed"),
        _("The time for changes has passed, the guest has come already, or the registration has ended."),
    )
