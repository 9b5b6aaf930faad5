"""The views of the project outside the page tree."""

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

IMAGE_TYPES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}


@require_safe
def root_redirect(request: HttpRequest) -> HttpResponse:
    """Redirect to the home page in the visitor's language."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Return status 200: the process is running."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Return status 200 if the database, the cache and the storage work, else 503. The body says which work."""
    checks = {"database": _check_database, "cache": _check_cache, "storage": _check_storage}
    result = {}
    for name, check in checks.items():
        try:
            result[name] = "ok" if check() else "failed"
        except Exception:  # any error of a driver means "not ready"
            result[name] = "failed"
    ready = set(result.values()) == {"ok"}
    return JsonResponse({"status": "ok" if ready else "failed", **result}, status=200 if ready else 503)


def _check_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _check_cache() -> bool:
    key = f"readyz-{uuid.uuid4()}"
    cache.set(key, "ok", timeout=10)
    return bool(cache.get(key) == "ok")


def _check_storage() -> bool:
    name = default_storage.save(f"readyz/{uuid.uuid4()}", ContentFile(b"ok"))
    try:
        return default_storage.exists(name)
    finally:
        default_storage.delete(name)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve renditions from the media folder, for a site without a file server in front.

    Other uploads are not served here: documents have a view that checks permissions.
    """
    if mimetypes.guess_type(path)[0] not in IMAGE_TYPES:
        raise Http404
    image = _private_image(path)
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
    """Serve a document through Wagtail's view, which checks permissions, with a sandbox and without shared caching."""
    response: HttpResponseBase = serve_document(request, document_id, name)
    if response.streaming:
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        if collection_restrictions(_document(document_id).collection):
            response["Cache-Control"] = "private, no-store"
    return response


def _document(pk: str) -> Any:
    return get_document_model().objects.select_related("collection").get(pk=pk)


def _private_image(path: str) -> Any:
    """Return the image of a rendition in a private collection, else None. No query without private collections."""
    private = Q()
    for collection in private_collection_paths():
        private |= Q(collection__path__startswith=collection)
    if not private:
        return None
    image = get_image_model()
    return image.objects.filter(private, renditions__file=f"images/{path}").select_related("collection").first()
