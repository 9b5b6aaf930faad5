"""The address of a check-in code, which a phone's camera opens: it leads to the person in the check-in that is open there.

A helper without an account comes to the list of their check-in link, staff to the page in the admin. Each of the two asks
for its own right; this address shows nothing itself. So that it can name the right list, the list leaves a cookie for it.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from verkosto.registrations.domain.check_in_links import day_of
from verkosto.registrations.mail.check_in_codes import reference_of, scan_path
from verkosto.registrations.models import CheckInLink, Guest, Registration
from verkosto.registrations.public.views.responses import personal

COOKIE = "scanned-codes-"
SALT = "registrations.scanned_codes"
MAX_COOKIES = 20


@require_safe
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect to a person in the open check-in, or to the page for staff. 404 for a code that this site has not signed."""
    reference = reference_of(code)
    if reference is None:
        raise Http404
    links = _open_links(request)
    desk = _desk_of(reference) if links else None
    here = [link for link in links if link.desk_id == desk]
    if not here and (request.user.is_authenticated or not links):
        page = reverse("verkosto_registrations_admin:check_in_code", args=[code])
        return personal(redirect(f"{settings.WAGTAILADMIN_BASE_URL}{page}"))
    # Somebody of another event is not found in the list, and the list says so.
    link = (here or links)[-1]
    with override(_language_of(request, link.pk)):
        people = reverse("verkosto_registrations:check_in", args=[link.pk])
    return personal(redirect(f"{people}?{urlencode({'q': reference})}#{reference}"))


def remember_list(request: HttpRequest, response: HttpResponse, link: CheckInLink, lifetime: int) -> None:
    """Remember in this browser that the list of a link is open in the active language, for ``lifetime`` seconds."""
    response.set_signed_cookie(
        f"{COOKIE}{link.pk}",
        get_language() or settings.LANGUAGE_CODE,
        salt=SALT,
        max_age=lifetime,
        path=scan_path(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_list(response: HttpResponse, number: int) -> HttpResponse:
    """Forget in this browser that the list of a link was open. Return the response."""
    response.delete_cookie(f"{COOKIE}{number}", path=scan_path())
    return response


def _open_links(request: HttpRequest) -> list[CheckInLink]:
    """Return the links whose lists this browser has open and which work now, the latest made last."""
    numbers = [name.removeprefix(COOKIE) for name in request.COOKIES if name.startswith(COOKIE)][:MAX_COOKIES]
    known = [int(number) for number in numbers if number.isdecimal() and _language_of(request, int(number))]
    usable = CheckInLink.objects.usable().filter(pk__in=known).select_related("desk").order_by("pk") if known else []
    return [link for link in usable if day_of(link)]


def _language_of(request: HttpRequest, number: int) -> str:
    """Return the language in which the list of a link is open in this browser; "" if it is not."""
    language = request.get_signed_cookie(f"{COOKIE}{number}", default="", salt=SALT)
    return language if language in dict(settings.LANGUAGES) else ""


def _desk_of(reference: str) -> int | None:
    """Return the primary key of the desk at which a person or a guest has a reference."""
    guest = Guest.objects.filter(reference=reference).values_list("registration__desk", flat=True).first()
    return guest or Registration.objects.filter(reference=reference).values_list("desk", flat=True).first()
