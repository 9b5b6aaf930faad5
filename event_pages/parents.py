"""The parents of pages in the tree."""

from __future__ import annotations

from django.apps import apps
from wagtail.models import Page

from event_pages.enums import RegistrationScope


def live_parent(page: Page) -> Page | None:
    """Return the live parent of ``page`` (a BasePage), or None. No query if the page was found by ``find_route``."""
    parent = page.breadcrumbs[-1] if page.breadcrumbs else None
    return parent if parent is not None and parent.depth == page.depth - 1 else None


def live_parent_of_type(page: Page, model_name: str) -> Page | None:
    """Return the live parent of ``page`` as its own type, or None if it is not a ``model_name``.

    ``model_name`` is "app_label.Model", as in ``parent_page_types``. One query besides that of :func:`live_parent`.
    """
    parent = live_parent(page)
    if parent is None or not issubclass(parent.specific_class or Page, apps.get_model(model_name)):
        return None
    return parent.specific


def is_whole_series(page: Page) -> bool:
    """Return whether a page is a series with one registration for all of its events. One query for a series."""
    if page.specific_class is None or page.specific_class._meta.label != "verkosto_events.EventSeriesPage":
        return False
    series = page.specific
    return series.registration_enabled and series.registration_scope == RegistrationScope.WHOLE
