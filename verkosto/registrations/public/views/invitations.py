"""The page on which an invited person says that they cannot come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from verkosto.registrations.domain import invitations
from verkosto.registrations.domain.eligibility import invitation_of_link
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.responses import message_page, personal_page, unknown_link


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether the person cannot come, then record it. Opening the link in the mail changes nothing."""
    invitation = invitation_of_link(code)
    if invitation is None:
        return unknown_link(request)
    desk = invitation.desk
    # The URL of this page has the code, which must not be in the links to other languages.
    elsewhere = reverse("verkosto_registrations:register", args=[desk.translation_key])
    if request.method != "POST":
        context: dict[str, object] = {"texts": desk.version(), "code": code, "language_switcher_path": elsewhere}
        return personal_page(request, "decline.html", context)
    if invitations.decline(invitation=invitation):
        return redirect("verkosto_registrations:invitation_declined")
    return message_page(
        request,
        _("You have registered"),
        _("Your registration is valid. If you cannot come, cancel it by the personal link in its email."),
        status=409,
        offer_link=True,
        language_switcher_path=elsewhere,
    )


@require_GET
def declined(request: HttpRequest) -> HttpResponse:
    """Confirm that the answer has arrived."""
    return message_page(
        request,
        _("Thank you for letting us know"),
        _("The organiser knows that you cannot come. If that changes, open the invitation again and register."),
        status=200,
    )
