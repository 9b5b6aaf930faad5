from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from home.viewsets import NewsListing, SiteSettingsViewSet

register_snippet(SiteSettingsViewSet)


@hooks.register("register_admin_viewset")
def register_news_listing() -> ViewSet:
    return NewsListing("news")


@hooks.register("construct_reports_menu")
def hide_search_terms(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's report of search terms: what visitors search for is not stored."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
