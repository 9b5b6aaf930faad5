"""The URLs of files below pages. Include them inside the language prefix, before Wagtail's patterns.

A page cannot have the same URL as a file, because a slug has no dot.
"""

from django.urls import re_path

from event_pages.feeds import feed

app_name = "verkosto_events"

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)*)(?P<name>calendar\.ics|event\.(?:ics|jsonld)|events\.(?:rss|atom|json))$",
        feed,
        name="feed",
    ),
]
