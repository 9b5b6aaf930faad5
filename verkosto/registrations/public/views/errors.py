"""A retry when the database does not answer, and the page that keeps what was typed where a form cannot be handled now."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from verkosto.core.transactions import database_failures
from verkosto.registrations.public.views.responses import personal

View = Callable[..., Any]
RETRY_AFTER = 30  # seconds
MAX_KEPT = 200_000  # characters; a longer form is not repeated in the page


def retry_on_database_failure(view: View) -> View:
    """Call a view again on a new connection if the database fails; if that fails too, respond with 503 and the form.

    If the first call had stored a registration before the connection was lost, the second finds it and shows its
    receipt.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for _attempt in range(2):
            try:
                return view(request, *args, **kwargs)
            except database_failures():
                if connection.in_atomic_block:
                    raise
                connection.close()
        return database_unavailable(request)

    return guarded


def database_unavailable(request: HttpRequest) -> HttpResponse:
    """Return a page that needs no database: a button that sends the same form again, without its files."""
    lead = _("The service is being restarted. Your form has not been confirmed yet.")
    if request.method != "POST":
        lead = _("The service is being restarted.")
    return send_again_page(request, _("Try again in a moment"), lead, seconds=RETRY_AFTER)


def send_again_page(request: HttpRequest, heading: str, lead: str, *, seconds: int, action: str = "") -> HttpResponse:
    """Return a page, with status 503, that asks neither database nor cache and has a button to send the form again.

    Its files are left out. ``seconds`` are the ``Retry-After`` (RFC 9110 §10.2.3), ``action`` is where the form goes if
    not to the same address. The page does not reload by itself (WCAG 2.2 SC 2.2.1, failure F41).
    """
    typed = typed_values(request)
    is_form = request.method == "POST"
    context = {
        "heading": heading,
        "lead": lead,
        "typed": [*(typed or []), *lost_files(request)],
        "kept": typed is not None and is_form,
        "is_form": is_form,
        "files": bool(request.FILES),
        "action": action,
    }
    response = personal(render(request, "verkosto_registrations/send_again.html", context, status=503))
    response["Retry-After"] = str(seconds)
    return response


def typed_values(request: HttpRequest) -> list[tuple[str, str]] | None:
    """Return the names and values of a form that was sent, without its files; None when they are too long for a page."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    return typed if sum(len(value) for _name, value in typed) <= MAX_KEPT else None


def lost_files(request: HttpRequest) -> list[tuple[str, str]]:
    """Return hidden fields that name the files of a form, which a page cannot keep: the form then asks for them again."""
    return [("lost", name) for name in request.FILES]


def kept_form(request: HttpRequest) -> dict[str, object] | None:
    """Return a form that was sent and not stored as ``message_page`` shows it; None if there is none.

    ``values`` are its (name, value) pairs, ``kept`` says whether they fit into a page.
    """
    if request.method != "POST" or not (request.POST or request.FILES):
        return None
    typed = typed_values(request)
    values = [*typed, *lost_files(request)] if typed is not None else []
    return {"values": values, "kept": typed is not None}
