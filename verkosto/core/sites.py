"""The sites, their front pages and what is private: asked once for as long as nothing changes, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath

from verkosto.core.content_version import generation
from verkosto.core.prefetch import ask_together

SECONDS = 3600  # as Wagtail keeps them; it forgets them when a site or a front page changes


@dataclass(frozen=True)
class Frame:
    """``private_paths`` are those of the pages that carry a view restriction, and of the aliases that repeat them;
    ``private_collections`` those of the restricted collections."""

    sites: tuple[Site, ...]
    private_paths: tuple[str, ...]
    private_collections: tuple[str, ...]


def frame() -> Frame:
    """What every page needs to know first. No query while nothing changes."""
    return _frame(generation())


@lru_cache(maxsize=2)
def _frame(word: str) -> Frame:
    order = ("-root_page__url_path", "-is_default_site", "hostname")
    sites = Site.objects.select_related("root_page").order_by(*order)
    keys = Site.objects.values("root_page__translation_key")
    homes = Page.objects.filter(translation_key__in=keys).select_related("locale")
    restricted = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    collections = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    ask_together(sites, homes, restricted, collections)
    # Wagtail looks here before it asks for the same itself.
    roots = [
        SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
        for site in sites
        for home in homes
        if home.translation_key == site.root_page.translation_key
    ]
    cache.add(SITE_ROOT_PATHS_CACHE_KEY, roots, SECONDS, version=SITE_ROOT_PATHS_CACHE_VERSION)
    private = {path for paths in restricted for path in paths if path}
    return Frame(tuple(sites), tuple(private), tuple(collections))


def site_for(hostname: str, port: str) -> Site | None:
    """The site at an address, chosen as Wagtail chooses it: by host and port, by host, or else the default one."""
    named = [site for site in frame().sites if site.hostname == hostname]
    default = next((site for site in frame().sites if site.is_default_site), None)
    for site in named:
        if site.port == int(port):
            return site
    if default in named or len(named) != 1:
        return default
    return named[0]
