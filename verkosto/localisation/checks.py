"""System checks: each names the line that a project lacks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from verkosto.core.checks import missing_middleware

MIDDLEWARE = "verkosto.localisation.admin.guard.middleware.TranslationGuardMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"


@register()
def views_are_guarded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return missing_middleware(
        MIDDLEWARE,
        purpose="wagtail-localize's views do not ask for the permission to a language",
        after=MESSAGES,
        identifier="verkosto_localisation.W001",
    )
