"""The language versions of a page that does not exist at the requested URL."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page, Site

from verkosto.core.locales import (
    Alternate,
    active_language,
    build_alternates,
    home_path,
    language_of_path,
    public_versions,
)
from verkosto.core.routing import candidate_paths


def alternates_for_path(request: HttpRequest) -> list[Alternate]:
    """Return the published versions of the page that the URL probably means.

    This is the unpublished page at this URL, or the page with the same path in another language. Three queries at most.
    """
    code = language_of_path(request.path_info)
    site = Site.find_for_request(request)
    if code is None or site is None or "\x00" in request.path_info:
        return []
    components = [part for part in request.path_info.removeprefix(home_path(code)).split("/") if part]
    roots = [root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk]
    paths = [candidate_paths(root, components)[-1] for root in roots]
    candidates = Page.objects.filter(url_path__in=paths).public()
    slugs = components[-1:] or [root.rstrip("/").rsplit("/", 1)[-1] for root in roots]
    keys = set(candidates.filter(slug__in=slugs).values_list("translation_key", flat=True))
    for versions in public_versions(keys).values():
        return [alternate for alternate in build_alternates(versions, active_language()) if alternate.url]
    return []
