"""What anybody may read on a site, in all its languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from wagtail.query import PageQuerySet

from verkosto.api.resources import scope_of
from verkosto.core.view_restrictions import public_q


@dataclass(frozen=True)
class SiteScope:
    """The public pages below the home pages of a site."""

    home_paths: tuple[str, ...]

    def pages(self, rows: PageQuerySet) -> PageQuerySet:
        """Select the public pages. Aliases are left out: they repeat pages, some in the wrong language."""
        below = Q(pk__in=[])
        for path in self.home_paths:
            below |= Q(path__startswith=path)
        return rows.live().filter(below, public_q(), alias_of__isnull=True)


def site_scope(request: HttpRequest) -> SiteScope:
    """Return the scope of a request. Raise Http404 where the site has no public home page in any language."""
    found = [path for code, _name in settings.LANGUAGES if (path := _home_path(request, code))]
    if not found:
        raise Http404("This site has no public pages.")
    return SiteScope(tuple(found))


def _home_path(request: HttpRequest, language: str) -> str:
    try:
        return str(scope_of(request, language).home.path)
    except Http404:
        return ""
