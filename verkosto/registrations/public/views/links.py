"""Request new personal links to one's registrations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from verkosto.registrations.forms.registration import LinkForm
from verkosto.registrations.mail import outbox
from verkosto.registrations.public.rate_limits import client_address, within_limits
from verkosto.registrations.public.same_origin import same_origin_only
from verkosto.registrations.public.views.responses import message_page, personal_page, rate_limited


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def request_link(request: HttpRequest) -> HttpResponse:
    """Send the links to one's registrations. Known and unknown addresses get one answer, after the same work."""
    form = LinkForm(request.POST or None)
    if request.method == "POST":
        if not within_limits("link", client_address(request)):
            return rate_limited(request)
        if form.is_valid():
            outbox.write("links", recipient=form.cleaned_data["email"], language=get_language() or "", anonymous=True)
            return redirect("verkosto_registrations:link_sent")
    return personal_page(request, "request_link.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def link_sent(request: HttpRequest) -> HttpResponse:
    return message_page(
        request,
        _("Check your email"),
        _("If there are registrations with this address, links to them are being sent to it."),
        status=200,
    )
