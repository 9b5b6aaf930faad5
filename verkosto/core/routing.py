"""Routing with a constant number of queries, however deep the page is in the tree.

Wagtail's own routing takes two queries for each part of a path, and falls back to the default language where a
language has no published home page. Here the page is found by its whole path, in the active language only.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import patch_cache_control
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from verkosto.core import upstream
from verkosto.core.locales import active_language, public_pages
from verkosto.core.models import BasePage
from verkosto.core.page_cache import has_session, mark_public
from verkosto.core.sites import site_for
from verkosto.core.view_restrictions import is_private


def find_root_path(request: HttpRequest, language_code: str) -> str | None:
    """Return the ``url_path`` of the site's home page in a language, or None where there is none."""
    site = find_site(request)
    for root in Site.get_site_root_paths():
        if site and root.site_id == site.pk and root.language_code == language_code:
            return root.root_path
    return None


def find_site(request: HttpRequest) -> Site | None:
    """Return the site of a request, and store it for `Site.find_for_request`. No query until the content changes."""
    hostname, port = split_domain_port(request.get_host())
    site = site_for(hostname, port or request.get_port())
    upstream.set_site(request, site)
    return site


def candidate_paths(root: str, components: list[str]) -> list[str]:
    """Return the ``url_path`` of every page from the home page to the end of the path."""
    paths = [root]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    return paths


def specific_page(page: Page) -> Page:
    """Return the page as its own type, with the objects that its `serving_queryset` joins. One query."""
    model = page.specific_class
    if model is not None and issubclass(model, BasePage):
        return model.serving_queryset().get(pk=page.pk)
    return page.specific


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """Return the route to the deepest page on the path, in the active language, or None. Three queries.

    The page gets its breadcrumbs and its language versions from the same queries.
    """
    root = find_root_path(request, active_language())
    if root is None or "\x00" in path:
        return None
    components = [component for component in path.split("/") if component]
    paths = candidate_paths(root, components)
    # Wagtail has no index on url_path. The index on slug narrows the search to a few rows.
    slugs = [root.rstrip("/").rsplit("/", 1)[-1], *components]
    pages = Page.objects.filter(slug__in=slugs, url_path__in=paths).select_related("locale").order_by("depth")
    key = Page.objects.filter(slug=slugs[-1], url_path=paths[-1]).values("translation_key")
    versions = public_pages().filter(translation_key__in=key)
    *ancestors, found = list(pages) or [None]
    if found is None:
        return None
    page = specific_page(found)
    page.locale = found.locale
    page.breadcrumbs = [ancestor for ancestor in ancestors if ancestor.live]
    if found.url_path == paths[-1]:
        page.language_versions = {version.locale.language_code: version for version in versions}
    try:
        return page.route(request, components[paths.index(found.url_path) :])
    except Http404:
        return None


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page through Wagtail's view, with our route, and set the headers for caches."""
    route = find_route(request, path)
    upstream.set_route(request, route)
    response = views.serve(request, path)
    if response.status_code != 200 or "Cache-Control" in response:
        return response
    if has_session(request) or route is None or is_private(route[0]):
        patch_cache_control(response, private=True)
        return response
    return mark_public(response)
