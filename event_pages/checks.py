"""System checks. Each names the line that is missing in the project."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, register

from verkosto.core.checks import missing_urls


@register(Tags.urls)
def urls_are_included(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    name = "verkosto_events:feed"
    return missing_urls(
        name, "", "calendar.ics", app="events (calendars and feeds)", identifier="verkosto_events.W001"
    )
