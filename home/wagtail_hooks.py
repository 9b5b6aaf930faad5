from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from home import followed
from home.controller import controller_of
from home.viewsets import NewsListing, SiteSettingsViewSet
from verkosto.core.followed_content import PAGES_HOOK, TARGETS_HOOK, FollowedPageKind, TargetKind
from verkosto.registrations.privacy.processing import CONTROLLER_HOOK, Controller

if TYPE_CHECKING:
    from verkosto.api.resources import AnyResource

register_snippet(SiteSettingsViewSet)


@hooks.register("register_verkosto_api", order=-10)
def api_resources() -> list[AnyResource]:
    from home.api import RESOURCES  # optional dependency

    return RESOURCES


@hooks.register("register_admin_viewset")
def register_news_listing() -> ViewSet:
    return NewsListing("news")


@hooks.register(TARGETS_HOOK)
def subscription_targets() -> list[TargetKind]:
    return followed.TARGETS


@hooks.register(PAGES_HOOK)
def subscription_pages() -> list[FollowedPageKind]:
    return followed.PAGES


@hooks.register(CONTROLLER_HOOK)
def controller() -> Controller | None:
    return controller_of(get_language() or "")


@hooks.register("construct_reports_menu")
def hide_search_terms(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's report of search terms: what visitors search for is not stored."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
