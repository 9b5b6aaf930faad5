"""Check-in codes, on badges and in mails.

Whoever checks people in and scans one comes to that person (``public/views/scanned_codes.py``); to others it shows nothing.
"""

import io

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from verkosto.core.page_urls import absolute_url
from verkosto.registrations.models import Guest, Registration

SALT = "registrations.check_in"


def code_of(attendee: Registration | Guest) -> str:
    """Return the reference of a registered person or a guest, signed."""
    return signing.Signer(salt=SALT).sign(attendee.reference)


def reference_of(code: str) -> str | None:
    """Return the reference in a code; None for one that this site has not signed."""
    try:
        return signing.Signer(salt=SALT).unsign(code)
    except signing.BadSignature:
        return None


def url_of(attendee: Registration | Guest) -> str:
    """Return the URL that a scanned code opens."""
    return absolute_url(_path_of(code_of(attendee)))


def scan_path() -> str:
    """Return the path below which the URLs of all codes are."""
    return _path_of("-").removesuffix("-/")


def _path_of(code: str) -> str:
    """Return the path of a code, the same in every language: it leads on to a page in that of whoever scans it."""
    with override(settings.LANGUAGE_CODE):
        return reverse("verkosto_registrations:scanned_code", args=[code])


def qr_svg(attendee: Registration | Guest) -> SafeString:
    """Return the code as an SVG element without a size, dark on light."""
    return svg_of(url_of(attendee))


def svg_of(url: str) -> SafeString:
    """Return a QR code of a URL as an SVG element without a size, dark on light."""
    code = segno.make(url, error="m")
    return mark_safe(code.svg_inline(omitsize=True, border=2, light="#fff"))  # noqa: S308 segno's own output


def qr_png(attendee: Registration | Guest) -> bytes:
    """Return the code as a PNG picture."""
    file = io.BytesIO()
    segno.make(url_of(attendee), error="m").save(file, kind="png", scale=6, border=3)
    return file.getvalue()
