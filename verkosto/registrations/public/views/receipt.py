"""The receipt that a visitor gets for the form: an address that holds, signed, which desk it is of and what it says."""

import uuid

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from verkosto.registrations.models import Desk
from verkosto.registrations.public.views.responses import personal, personal_page

SALT = "registrations.receipt"
LIFETIME = 24 * 60 * 60  # seconds


def redirect_to_receipt(desk: Desk, status: str) -> HttpResponse:
    """Redirect to the receipt of a registration that reached a status."""
    key = desk.translation_key
    receipt = signing.dumps({"d": key.hex, "s": status}, salt=SALT)
    return personal(redirect("verkosto_registrations:received", key=key, receipt=receipt))


@require_GET
def received(request: HttpRequest, key: uuid.UUID, receipt: str) -> HttpResponse:
    """Show the receipt: what happens next, and nothing about the person."""
    desk = get_object_or_404(Desk, translation_key=key)
    try:
        shown = signing.loads(receipt, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        shown = {}
    if shown.get("d") != key.hex:
        return redirect(desk.url() or reverse("verkosto_registrations:register", args=[key]))
    return personal_page(request, "received.html", {"desk": desk, "status": shown["s"], "texts": desk.version()})
