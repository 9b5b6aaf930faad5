"""The form with which people request new personal links to their registrations and memberships."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from verkosto.registrations.forms.link_request import LinkRequestForm
from verkosto.registrations.mail import outbox
from verkosto.registrations.public import proof_of_work
from verkosto.registrations.public.rate_limits import client_address, within_limits
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.responses import message_page, personal, personal_page, rate_limited

PURPOSE = "links"  # of a proof of work


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def request_link(request: HttpRequest) -> HttpResponse:
    """Send an address its personal links. Known and unknown addresses get the same answer, after the same work.

    One address gets a few mails an hour, whoever asks. Many requests from one network may come from an office: beyond
    its limit, a request needs a proof of work.
    """
    form = LinkRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_request(request, form.cleaned_data["proof"]):
            return rate_limited(request)
        outbox.write("links", recipient=form.cleaned_data["email"], language=get_language() or "", anonymous=True)
        return redirect("verkosto_registrations:link_sent")
    return personal_page(request, "request_link.html", {"form": form}, status=422 if form.is_bound else 200)


def may_request(request: HttpRequest, proof: str) -> bool:
    """Count a request for a mail to any address. Return whether it is within the limits of the client."""
    client = client_address(request)
    if within_limits("link", client):
        return True
    return proof_of_work.accept(proof, PURPOSE) and within_limits("link_proven", client)


@require_GET
def challenge(request: HttpRequest) -> HttpResponse:
    """Return a challenge for the form's proof of work."""
    return personal(JsonResponse(proof_of_work.challenge(PURPOSE)))


@require_GET
def link_sent(request: HttpRequest) -> HttpResponse:
    return message_page(
        request,
        _("Check your email"),
        _("If there are registrations or memberships with this address, links to them are being sent to it."),
        status=200,
    )
