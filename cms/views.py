"""The site's own addresses outside the page tree."""

import mimetypes
import uuid
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_document
from wagtail.images import get_image_model

from verkosto.core.view_restrictions import collection_restrictions, private_collection_paths

PICTURES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Leads to the home page in the visitor's language."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database, the cache and the storage answer; 503 with the names of those that do not."""
    checks = {"database": _database_answers, "cache": _cache_answers, "storage": _storage_answers}
    result = {}
    for name, answers in checks.items():
        try:
            result[name] = "ok" if answers() else "failed"
        except Exception:  # whatever a driver raises, the answer is "not ready"
            result[name] = "failed"
    ready = set(result.values()) == {"ok"}
    return JsonResponse({"status": "ok" if ready else "failed", **result}, status=200 if ready else 503)


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _cache_answers() -> bool:
    key = f"readyz-{uuid.uuid4()}"
    cache.set(key, "ok", timeout=10)
    return bool(cache.get(key) == "ok")


def _storage_answers() -> bool:
    name = default_storage.save(f"readyz/{uuid.uuid4()}", ContentFile(b"ok"))
    try:
        return default_storage.exists(name)
    finally:
        default_storage.delete(name)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Renditions from the media folder, for a site without a file server in front.

    Documents and everything else that was uploaded are not here: they have views that check who asks.
    """
    if mimetypes.guess_type(path)[0] not in PICTURES:
        raise Http404
    image = _guarded_image(path)
    if image and not all(each.accept_request(request) for each in collection_restrictions(image.collection)):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if image:
        response["Cache-Control"] = "private, no-store"
        return response
    patch_cache_control(
        response, public=True, max_age=31_536_000, immutable=True
    )  # a rendition's name changes with it
    return response


def document(request: HttpRequest, document_id: str, name: str) -> HttpResponseBase:
    """Wagtail's own view of a document, which asks who may have it; what it sends can neither run nor be kept for others."""
    response: HttpResponseBase = serve_document(request, document_id, name)
    if response.streaming:
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        if collection_restrictions(_document(document_id).collection):
            response["Cache-Control"] = "private, no-store"
    return response


def _document(pk: str) -> Any:
    return get_document_model().objects.select_related("collection").get(pk=pk)


def _guarded_image(path: str) -> Any:
    """The image of a rendition whose collection, or one above it, is private; None for all others. No query without such."""
    guarded = Q()
    for collection in private_collection_paths():
        guarded |= Q(collection__path__startswith=collection)
    if not guarded:
        return None
    image = get_image_model()
    return image.objects.filter(guarded, renditions__file=f"images/{path}").select_related("collection").first()
