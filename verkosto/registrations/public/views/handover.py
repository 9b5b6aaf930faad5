"""The pages on which people give their place to a colleague, behind their personal link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verkosto.registrations.domain import handover
from verkosto.registrations.exceptions import AlreadyRegistered, Refusal
from verkosto.registrations.forms.handover import ColleagueForm
from verkosto.registrations.models import Registration
from verkosto.registrations.public.rate_limits import has_attempts_left, within_limits
from verkosto.registrations.public.views.manage_pages import manage_page, refusal_page
from verkosto.registrations.public.views.manage_session import SESSIONS, manage_session_required
from verkosto.registrations.public.views.responses import message_page, rate_limited


@manage_session_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask for the colleague, then give them the place, or ask the organiser for consent."""
    if not handover.can_hand_over(registration):
        return _not_possible(request, registration)
    if not has_attempts_left("hand_over", registration.reference):
        return rate_limited(request)
    form = ColleagueForm(request.POST if request.method == "POST" else None, desk=registration.desk)
    if form.is_valid():
        reference = registration.reference
        try:
            successor = handover.hand_over(registration=registration, to=form.colleague)
        except AlreadyRegistered:
            # Counted, so that nobody tries out who is registered.
            within_limits("hand_over", reference)
            form.add_error(
                "email", _("This person is already registered. Give the place to somebody else, or cancel it.")
            )
        except Refusal:
            return _not_possible(request, registration)
        else:
            if successor is None:
                return redirect("verkosto_registrations:manage", reference=reference)
            return SESSIONS.forget(_handed_over(request, registration), reference)
    status = 422 if form.is_bound else 200
    needs_consent = handover.needs_consent(registration.desk)
    return manage_page(request, registration, "hand_over.html", status=status, form=form, needs_consent=needs_consent)


@manage_session_required
@require_POST
def withdraw(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Withdraw the request to hand over the place."""
    handover.withdraw_request(registration=registration)
    return redirect("verkosto_registrations:manage", reference=registration.reference)


def _handed_over(request: HttpRequest, registration: Registration) -> HttpResponse:
    return message_page(
        request,
        _("Your place has been handed over"),
        _("We have sent a personal link to your colleague, and a confirmation to you. Your own links no longer work."),
        status=200,
        texts=registration.desk.version(),
    )


def _not_possible(request: HttpRequest, registration: Registration) -> HttpResponse:
    return refusal_page(
        request,
        registration,
        _("The place cannot be handed over"),
        _("Your registration or the event has changed, or the time for changes has passed. Contact the organiser."),
    )
