"""The URLs of pages as data: only the path is stored, and made absolute when it is rendered.

A stored host or port would be wrong after the site has moved to another.
"""

from django.urls import Resolver404, resolve
from django.utils.translation import override
from wagtail.models import Page

from verkosto.core.sites import site_data, site_url

PAGES = "wagtail_serve"  # Wagtail's name of the view that serves every page


def path_of(page: Page) -> str:
    """Return the path of a page's URL, also where several sites make ``page.url`` absolute; "" where it has none."""
    parts = page.get_url_parts()
    return str(parts[2] or "") if parts else ""


def is_taken(parent: Page, slug: str) -> bool:
    """Return whether something else than a page, such as the search, answers the address of a slug below a parent."""
    path = path_of(parent)
    if not path:
        return False
    with override(parent.locale.language_code):
        try:
            match = resolve(f"{path}{slug}/")
        except Resolver404:
            return False
    return match.url_name != PAGES


def site_of(page: Page) -> int | None:
    """Return the pk of the page's site; None for the default site, whose host may be set by ``SITE_URL``."""
    parts = page.get_url_parts()
    default = next((site.pk for site in site_data().sites if site.is_default_site), None)
    return parts[0] if parts and parts[0] != default else None


def absolute_url(path: str, site: int | None = None) -> str:
    """Return a path with the current scheme and host of its site, never with the host of a request.

    ``site`` is a pk; None for the default site. What does not begin with "/" is returned as it is.
    """
    if not path.startswith("/"):
        return path
    root = next((found.root_url for found in site_data().sites if found.pk == site), "") if site else ""
    return f"{root or site_url()}{path}"
