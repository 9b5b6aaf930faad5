"""The code on a badge or in a mail, by which staff find a registration at the door. It opens nothing to anybody else."""

import io

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from verkosto.registrations.models import Registration

SALT = "registrations.check_in"


def code_of(registration: Registration) -> str:
    """The registration's reference, signed."""
    return signing.Signer(salt=SALT).sign(registration.reference)


def reference_of(code: str) -> str | None:
    """The reference in a code; None for one that we have not signed."""
    try:
        return signing.Signer(salt=SALT).unsign(code)
    except signing.BadSignature:
        return None


def url_of(registration: Registration) -> str:
    """The address for the staff's phones."""
    path = reverse("verkosto_registrations_admin:check_in_code", args=[code_of(registration)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def qr_svg(registration: Registration) -> SafeString:
    """The code as SVG without style or size, dark on light."""
    code = segno.make(url_of(registration), error="m")
    return mark_safe(code.svg_inline(omitsize=True, border=2, light="#fff"))  # noqa: S308 segno's own output


def qr_png(registration: Registration) -> bytes:
    """The code as a picture for a mail."""
    file = io.BytesIO()
    segno.make(url_of(registration), error="m").save(file, kind="png", scale=6, border=3)
    return file.getvalue()
