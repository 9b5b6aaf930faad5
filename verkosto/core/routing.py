"""Serving pages with as many queries at depth ten as at depth one.

Wagtail's own routing asks two queries for every step of a path, and falls
back to the default language where a language has no published home page.
This one finds the page by its whole path, in the active language alone.
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
from verkosto.core.page_cache import is_signed_in, mark_public
from verkosto.core.privacy import is_private
from verkosto.core.sites import site_for


def language_root(request: HttpRequest, language_code: str) -> str | None:
    """The ``url_path`` of the site's home page in a language, or None where there is none."""
    site = site_of(request)
    for root in Site.get_site_root_paths():
        if site and root.site_id == site.pk and root.language_code == language_code:
            return root.root_path
    return None


def site_of(request: HttpRequest) -> Site | None:
    """The site that a request is for. No query while nothing changes; Wagtail's own answer, where it looks for it."""
    hostname, port = split_domain_port(request.get_host())
    site = site_for(hostname, port or request.get_port())
    upstream.set_site(request, site)
    return site


def candidate_paths(root: str, components: list[str]) -> list[str]:
    """The ``url_path`` of every page on the way from the home page to the end of the path."""
    paths = [root]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    return paths


def as_served(found: Page) -> Page:
    """The page as its own type, with the objects that its type joins in ``serving_queryset``. One query."""
    model = found.specific_class
    if model is not None and issubclass(model, BasePage):
        return model.serving_queryset().get(pk=found.pk)
    return found.specific


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """The route to the deepest page on the path, in the active language. Three queries.

    The pages above it come with the first of them and become its breadcrumbs, and so do its language versions.
    """
    root = language_root(request, active_language())
    if root is None or "\x00" in path:
        return None
    components = [component for component in path.split("/") if component]
    paths = candidate_paths(root, components)
    # url_path has no index of its own in Wagtail; slug has, and narrows the search to a few rows.
    slugs = [root.rstrip("/").rsplit("/", 1)[-1], *components]
    on_the_way = Page.objects.filter(slug__in=slugs, url_path__in=paths).select_related("locale").order_by("depth")
    same = Page.objects.filter(slug=slugs[-1], url_path=paths[-1]).values("translation_key")
    versions = public_pages().filter(translation_key__in=same)
    *above, found = list(on_the_way) or [None]
    if found is None:
        return None
    page = as_served(found)
    page.locale = found.locale
    page.breadcrumbs = [ancestor for ancestor in above if ancestor.live]
    if found.url_path == paths[-1]:
        page.language_versions = {version.locale.language_code: version for version in versions}
    try:
        return page.route(request, components[paths.index(found.url_path) :])
    except Http404:
        return None


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, told its route beforehand. What everybody sees alike is marked as public."""
    route = find_route(request, path)
    upstream.set_route(request, route)
    response = views.serve(request, path)
    if response.status_code != 200 or "Cache-Control" in response:
        return response
    if is_signed_in(request) or route is None or is_private(route[0]):
        patch_cache_control(response, private=True)
        return response
    return mark_public(response)
