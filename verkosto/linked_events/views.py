"""The read API in the shape of LinkedEvents: what its clients read of a server, they can read here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from verkosto.api.responses import public_response
from verkosto.core.page_urls import absolute_url
from verkosto.linked_events.documents.base import Document
from verkosto.linked_events.documents.languages import language_documents
from verkosto.linked_events.identifiers import NAMESPACE
from verkosto.linked_events.reading import lists
from verkosto.linked_events.reading.parameters import (
    FILTERS,
    MISSING,
    ParameterError,
    Portion,
    read_events,
    read_include,
    read_portion,
    read_text,
)
from verkosto.linked_events.reading.scope import SiteScope, site_scope

PORTION = ("page", "page_size")
#: The parameters that make an answer another, of events, and of places and keywords.
EVENT_PARAMETERS = (*FILTERS, *PORTION, "start", "end", "sort", "include")
OTHER_PARAMETERS = (*PORTION, "text", "filter", "has_upcoming_events")

Lister = Callable[..., tuple[int, list[Document]]]


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Return the addresses of the lists."""
    names = ("event", "keyword", "language", "place")
    lists_by_name: Document = {name: absolute_url(reverse(f"{NAMESPACE}:{name}_list")) for name in names}
    return _answer(request, partial(lists.write_json, lists_by_name), "root")


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Return a portion of the public events and series, those that were changed last first."""

    def make() -> bytes:
        now = timezone.now()
        asked = read_events(request.GET, now=now)
        count, found = lists.event_list(asked, site_scope(request), now)
        return lists.write_list(request.path, given, asked.portion, count, found)

    given = _given(request, (*EVENT_PARAMETERS, *sorted(MISSING)))
    return _answer(request, make, "events", *sorted(given.items()))


@require_safe
def event(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return an event or a series."""

    def make() -> bytes:
        include = read_include(request.GET)
        return lists.write_json(lists.one_event(identifier, site_scope(request), include, timezone.now()))

    return _answer(request, make, "event", identifier, *sorted(_given(request, ("include",)).items()))


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Return a portion of the places of public events."""
    return _named_list(request, "places", lists.place_list)


@require_safe
def place(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return a place."""
    return _one(request, "place", identifier, lists.one_place)


@require_safe
def keyword_list(request: HttpRequest) -> HttpResponse:
    """Return a portion of the keywords of public events."""
    return _named_list(request, "keywords", lists.keyword_list)


@require_safe
def keyword(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return a keyword."""
    return _one(request, "keyword", identifier, lists.one_keyword)


@require_safe
def language_list(request: HttpRequest) -> HttpResponse:
    """Return the languages of the site."""

    def make() -> bytes:
        found = language_documents()
        return lists.write_list(request.path, {}, Portion(size=len(found)), len(found), found)

    return _answer(request, make, "languages")


@require_safe
def language(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return a language."""
    return _answer(request, lambda: lists.write_json(lists.one_language(identifier)), "language", identifier)


def not_found(request: HttpRequest, rest: str) -> HttpResponse:
    """Return status 404 in the form of the API's errors, instead of a page for people."""
    return JsonResponse({"detail": "Not found."}, status=404)


def _named_list(request: HttpRequest, name: str, found_by: Lister) -> HttpResponse:
    def make() -> bytes:
        portion = read_portion(request.GET)
        text = read_text(request.GET, "text") or read_text(request.GET, "filter")
        upcoming = read_text(request.GET, "has_upcoming_events").lower() in ("1", "true")
        count, found = found_by(text, portion, site_scope(request), timezone.now(), only_upcoming=upcoming)
        return lists.write_list(request.path, given, portion, count, found)

    given = _given(request, OTHER_PARAMETERS)
    return _answer(request, make, name, *sorted(given.items()))


def _one(
    request: HttpRequest, name: str, identifier: str, found_by: Callable[[str, SiteScope, datetime], Document]
) -> HttpResponse:
    def make() -> bytes:
        return lists.write_json(found_by(identifier, site_scope(request), timezone.now()))

    return _answer(request, make, name, identifier)


def _given(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _answer(request: HttpRequest, make: Callable[[], bytes], *key: object) -> HttpResponse:
    """Return a public answer; status 400 or 404 with the reason in ``detail``, as LinkedEvents writes errors."""
    try:
        return public_response(request, make, "linkedevents", *key)
    except ParameterError as error:
        return JsonResponse({"detail": str(error)}, status=400)
    except Http404 as error:
        return JsonResponse({"detail": str(error)}, status=404)
