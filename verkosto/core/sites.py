"""The sites, and the paths of restricted pages and collections, cached by content version."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site

from verkosto.core.content_cache import cached


@dataclass(frozen=True)
class SiteData:
    """The data that routing and access checks need for every request.

    ``private_page_paths`` are the tree paths of the pages with a view restriction and of their aliases;
    ``private_collection_paths`` those of the restricted collections.
    """

    sites: tuple[Site, ...]
    private_page_paths: tuple[str, ...]
    private_collection_paths: tuple[str, ...]


def site_data() -> SiteData:
    """Return the sites and the private paths. No query until the content changes, or a minute has passed."""
    return cached(_read_site_data, "site-data")


def site_for(hostname: str, port: str) -> Site | None:
    """Return the site of a host and port, as Wagtail selects it: by both, by the host alone, or the default site."""
    sites = site_data().sites
    named = [site for site in sites if site.hostname == hostname]
    default = next((site for site in sites if site.is_default_site), None)
    for site in named:
        if site.port == int(port):
            return site
    if default in named or len(named) != 1:
        return default
    return named[0]


def site_url() -> str:
    """Return the scheme and host that mails link to, without a slash: ``SITE_URL``, else that of Wagtail's default site."""
    named = getattr(settings, "SITE_URL", "")
    default = next((site for site in site_data().sites if site.is_default_site), None) if not named else None
    return str(named or (default.root_url if default else getattr(settings, "WAGTAILADMIN_BASE_URL", ""))).rstrip("/")


def _read_site_data() -> SiteData:
    sites = Site.objects.select_related("root_page").order_by("-root_page__url_path", "-is_default_site", "hostname")
    restricted = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    collections = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    private = sorted({path for paths in restricted for path in paths if path})
    return SiteData(tuple(sites), tuple(private), tuple(collections))
