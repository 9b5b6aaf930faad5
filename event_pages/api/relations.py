"""What a response of the API says of other rows, read for all of its pages at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from wagtail.models import Page
from wagtail.query import PageQuerySet

from event_pages.api.schemas import OrganiserItem
from event_pages.models import EventPage, EventSeriesPage, NetworkLink, Organiser
from event_pages.panels import network_page_types
from verkosto.api.resources import Scope


def public_networks(scope: Scope) -> PageQuerySet:
    """Return the public networks of a scope; none where no app has registered such a page type."""
    types = network_page_types()
    return scope.pages(Page.objects.type(*types)) if types else Page.objects.none()


def organisers_of(pages: Sequence[Page]) -> dict[int, list[OrganiserItem]]:
    """Return the organisers in the editor's order, by the primary key of the page. One query."""
    found: dict[int, list[OrganiserItem]] = defaultdict(list)
    rows = Organiser.objects.filter(page__in=[page.pk for page in pages]).order_by("sort_order")
    for page, name, role in rows.values_list("page", "organisation__name", "role"):
        found[page].append(OrganiserItem(name=name, role=role))
    return found


def networks_of(pages: Sequence[Page], scope: Scope) -> dict[int, list[UUID]]:
    """Return the ids of the public networks above each page and of those it names, by its primary key. Two queries."""
    networks = list(public_networks(scope).order_by("path").values_list("path", "translation_key"))
    public = {key for _path, key in networks}
    found: dict[int, list[UUID]] = {
        page.pk: [key for path, key in networks if page.path.startswith(path)] for page in pages
    }
    links = NetworkLink.objects.filter(page__in=found).order_by("sort_order", "pk")
    for page, key in links.values_list("page", "network_page__translation_key"):
        if key in public and key not in found[page]:
            found[page].append(key)
    return found


def series_of(events: Sequence[EventPage]) -> dict[str, EventSeriesPage]:
    """Return the series of events by its tree path. One query. A series above a public event is public if it is live."""
    parents = {event.path[: -event.steplen] for event in events}
    found = EventSeriesPage.objects.live().filter(path__in=parents).defer_streamfields()
    return {series.path: series for series in found}
