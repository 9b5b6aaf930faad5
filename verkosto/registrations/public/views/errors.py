"""Retries when the database does not answer, and then a page that keeps what was typed."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verkosto.core.transactions import database_failures
from verkosto.registrations.public.views.responses import personal

View = Callable[..., Any]
RETRY_AFTER = 30  # seconds
KEPT = 200_000  # characters of a form that go into the page


def retry_on_database_failure(view: View) -> View:
    """Try a view once more on a new connection; 503 with the form's contents and a button when that fails too.

    A form that was stored although the answer was lost finds its own registration, and is answered by that.
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
    """Return a page that needs no database: the same form behind a button, without its files."""
    typed = typed_values(request)
    kept = typed is not None and request.method == "POST"
    context = {"typed": [*(typed or []), *lost_files(request)], "kept": kept, "files": bool(request.FILES)}
    response = personal(render(request, "verkosto_registrations/database_unavailable.html", context, status=503))
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def typed_values(request: HttpRequest) -> list[tuple[str, str]] | None:
    """Return the names and values of a form that was sent, without its files; None when they are too long for a page."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    return typed if sum(len(value) for _name, value in typed) <= KEPT else None


def lost_files(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what to add to a form's values in a page, which cannot hold files: the form asks for them again."""
    return [("lost", name) for name in request.FILES]
