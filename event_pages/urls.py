"""Files below pages (a name with a dot is no slug). Include inside the language prefix, before Wagtail's patterns."""

from django.urls import re_path

from .feeds import feed

app_name = "event_pages"

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)*)(?P<name>calendar\.ics|event\.ics|events\.rss|events\.atom)$", feed, name="feed"
    ),
]
