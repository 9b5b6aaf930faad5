"""The views of the project outside the page tree."""

import mimetypes
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.documents.views.serve import serve as serve_document
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from cms import health
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
    """Return the state of the site's parts: status 503 if it cannot serve pages, 200 if it can ("ok" or "degraded")."""
    state = health.state()
    return JsonResponse(state, status=503 if state["status"] == health.FAILED else 200)


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon, which some clients ask for without reading a page."""
    return redirect(static("img/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=86_400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return where to report a vulnerability (RFC 9116); 404 without ``SECURITY_CONTACT``. It expires in half a year."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


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


def _document(pk: str) -> AbstractDocument:
    return get_document_model().objects.select_related("collection").get(pk=pk)


def _private_image(path: str) -> AbstractImage | None:
    """Return the image of a rendition in a private collection, else None. No query without private collections."""
    private = Q()
    for collection in private_collection_paths():
        private |= Q(collection__path__startswith=collection)
    if not private:
        return None
    image = get_image_model()
    return image.objects.filter(private, renditions__file=f"images/{path}").select_related("collection").first()
