"""Pages for frames on other sites, and their description for programs that embed addresses (oEmbed 1.0)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from verkosto.core.base_template import base_context, use_base_template
from verkosto.core.locales import home_path, language_of_path
from verkosto.core.page_cache import has_session, mark_public
from verkosto.core.routing import find_route
from verkosto.core.sites import site_data, site_url
from verkosto.embedding.frames import HEIGHT, WIDTH, Frame, allow_frames, can_be_embedded, has_form
from verkosto.registrations.conf import site_name

BASE = "verkosto_embedding/base.html"
#: The largest size of a frame, by the parameter that asks for a smaller one.
SIZES = {"maxwidth": WIDTH, "maxheight": HEIGHT}


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page without header and footer. Its links and forms open in the whole window: nothing personal is framed."""
    shown = _page_at(request, path)
    with use_base_template(BASE):
        response = shown.serve(request)
        if isinstance(response, TemplateResponse):
            response.render()
    return allow_frames(request, _public(request, response))


@require_safe
def form(request: HttpRequest, path: str) -> HttpResponse:
    """Show the registration form of a page and nothing else."""
    shown = _page_at(request, path)
    if not has_form(shown):
        raise Http404
    with use_base_template(BASE):
        response = render(request, "verkosto_embedding/form.html", {**base_context(), "page": shown, "self": shown})
    return allow_frames(request, _public(request, response))


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Describe a page by its address (oEmbed 1.0 §2). 404 for what cannot be embedded, 501 for other formats than JSON."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    frame = Frame(_page_of_address(request, request.GET.get("url", "")))
    width, height = (_at_most(request.GET.get(name, ""), size) for name, size in SIZES.items())
    described = {
        "version": "1.0",
        "type": "rich",
        "title": frame.page.title,
        "provider_name": site_name(),
        "provider_url": f"{site_url()}/",
        "width": width,
        "height": height,
        "html": frame.html(width=str(width), height=height),
    }
    return mark_public(JsonResponse(described, headers={"Access-Control-Allow-Origin": "*"}))


def _public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Set the headers for caches, as for a page at its own address."""
    if has_session(request):
        patch_cache_control(response, private=True)
        return response
    return mark_public(response)


def _page_at(request: HttpRequest, path: str) -> Page:
    route = find_route(request, path)
    if route is None or route[1] or not can_be_embedded(route[0]):
        raise Http404
    return route[0]


def _page_of_address(request: HttpRequest, address: str) -> Page:
    """Return the page at an absolute address of this host. Raises Http404."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise Http404 from None
    language = language_of_path(parts.path)
    hosts = {request.get_host(), *(urlsplit(site.root_url).netloc for site in site_data().sites)}
    if parts.netloc not in hosts or language is None:
        raise Http404
    with override(language):
        return _page_at(request, parts.path.removeprefix(home_path(language)))


def _at_most(asked: str, size: int) -> int:
    return min(int(asked), size) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else size
