from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from home.viewsets import NewsListing, SiteSettingsViewSet

register_snippet(SiteSettingsViewSet)


@hooks.register("register_admin_viewset")
def register_news_listing() -> ViewSet:
    return NewsListing("news")
