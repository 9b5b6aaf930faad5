"""The sitemap (https://www.sitemaps.org/protocol.html): an index, and portions of pages, each kept until content changes."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from verkosto.core.content_cache import cached
from verkosto.core.locales import public_pages, public_versions, site_languages
from verkosto.core.page_cache import public_file
from verkosto.core.routing import find_site
from verkosto.core.view_restrictions import public_q

PORTION = 500  # pages; the protocol allows 50,000, but a portion is made while its reader waits
SECONDS = 3600  # how long a portion is kept while the content does not change
CONTENT_TYPE = "application/xml"


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Return the index of the site's portions. One query."""
    site = _site(request)
    return public_file(request, cached(partial(_index, site), "sitemap", site.pk, seconds=SECONDS), CONTENT_TYPE)


@require_safe
def sitemap_portion(request: HttpRequest, number: int) -> HttpResponse:
    """Return a portion of the public pages, each with its language versions; 404 past the last one. Two queries."""
    site = _site(request)
    make = partial(_portion, request, site, number)
    return public_file(request, cached(make, "sitemap", site.pk, number, seconds=SECONDS), CONTENT_TYPE)


def _site(request: HttpRequest) -> Site:
    site = find_site(request)
    if site is None:
        raise Http404
    return site


def _pages(site: Site) -> PageQuerySet:
    roots = [Q(url_path__startswith=root.root_path) for root in Site.get_site_root_paths() if root.site_id == site.pk]
    below = Q(pk__in=[])
    for root in roots:
        below |= root
    return public_pages().filter(below, public_q(), depth__gt=1).order_by("path")


def _index(site: Site) -> bytes:
    portions = range(1, max(1, -(-_pages(site).count() // PORTION)) + 1)
    entries = [{"location": site.root_url + reverse("sitemap_portion", args=[number])} for number in portions]
    return render_to_string("sitemap_index.xml", {"sitemaps": entries}).encode()


def _portion(request: HttpRequest, site: Site, number: int) -> bytes:
    start = (number - 1) * PORTION
    pages = list(_pages(site)[start : start + PORTION])
    if not pages and number > 1:
        raise Http404
    versions = public_versions(page.translation_key for page in pages)
    languages = site_languages()
    entries = [_entry(request, page, versions[page.translation_key], languages) for page in pages]
    return render_to_string("sitemap.xml", {"urlset": entries}).encode()


def _entry(request: HttpRequest, page: Page, versions: dict[str, Page], languages: list[str]) -> dict[str, object]:
    """Return an entry with the keys that Django's template reads. A page without other versions has no alternates."""
    urls = [(code, versions[code].get_full_url(request)) for code in languages if code in versions]
    alternates = [*urls, *(("x-default", url) for _code, url in urls[:1])] if len(languages) > 1 else []
    return {
        "item": page,
        "location": page.get_full_url(request),
        "lastmod": page.last_published_at,
        "changefreq": None,
        "priority": "",
        "alternates": [{"lang_code": code, "location": url} for code, url in alternates],
    }
