"""Files below pages (a name with a dot is no slug). Include inside the language prefix, before Wagtail's patterns."""

from django.urls import re_path

from event_pages.feeds import feed

app_name = "verkosto_events"

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)*)(?P<name>calendar\.ics|event\.ics|events\.rss|events\.atom)$", feed, name="feed"
    ),
]
