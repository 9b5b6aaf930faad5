"""The base of the admin pages about the meetings of a series."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from event_pages.models import EventSeriesPage
from verkosto.registrations.admin.views.base import HOME_BREADCRUMB, RegistrationsAdminView


class SeriesAdminView(RegistrationsAdminView):
    """An admin page about the meetings of a series."""

    header_icon = "calendar"
    series: EventSeriesPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.series = get_object_or_404(EventSeriesPage.objects.select_related("locale"), pk=kwargs["series_pk"])
        if not self.is_allowed():
            raise PermissionDenied

    def is_allowed(self) -> bool:
        """Whether the user may open the page."""
        raise NotImplementedError

    @property
    def list_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.series.pk])

    def get_page_subtitle(self) -> str:
        return str(self.series.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        here = {"url": "", "label": self.get_page_title()}
        return [HOME_BREADCRUMB, {"url": self.list_url, "label": self.get_page_subtitle()}, here]
