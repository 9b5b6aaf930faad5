"""URLs: include ``urlpatterns`` at the root and ``language_urlpatterns`` in ``i18n_patterns``."""

from django.urls import path, re_path

from home.accessibility_feedback import views as accessibility_feedback
from home.feeds import news_feed
from home.sitemaps import sitemap_index, sitemap_portion
from home.views import robots, search

urlpatterns = [
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_portion, name="sitemap_portion"),
    path("robots.txt", robots, name="robots"),
]
language_urlpatterns = [
    path("search/", search, name="search"),
    path("accessibility-feedback/", accessibility_feedback.give_feedback, name="accessibility_feedback"),
    path("accessibility-feedback/sent/", accessibility_feedback.sent, name="accessibility_feedback_sent"),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)(?P<name>news\.(?:rss|atom|json))$", news_feed, name="news_feed"),
]
