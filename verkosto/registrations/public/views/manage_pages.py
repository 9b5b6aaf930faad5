"""The frame of the pages about one registration, behind its personal link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from verkosto.registrations.models import Registration
from verkosto.registrations.public.link_sessions import LIFETIME
from verkosto.registrations.public.views.responses import message_page, personal_page


def manage_page(
    request: HttpRequest, registration: Registration, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Return a page about one registration, with the event's texts and when the session ends."""
    desk = registration.desk
    about = {
        "registration": registration,
        "desk": desk,
        "texts": desk.version(),
        "session_url": reverse("verkosto_registrations:manage", args=[registration.reference]),
        "session_seconds": LIFETIME,
    }
    return personal_page(request, template, {**about, **context}, status=status)


def refusal_page(request: HttpRequest, registration: Registration, heading: str, text: str) -> HttpResponse:
    """Return a page that says why an action was refused."""
    texts = registration.desk.version()
    return message_page(request, heading, text, status=409, registration=registration, texts=texts)
