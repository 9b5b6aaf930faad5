"""System checks: each names the line that a project lacks."""

from collections.abc import Sequence
from email.utils import getaddresses
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from verkosto.core.checks import missing_middleware, missing_urls

MIDDLEWARE = "verkosto.registrations.admin.middleware.ConfirmApprovalMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"


@register(Tags.urls)
def urls_are_included(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    name = "verkosto_registrations:request_link"
    return missing_urls(name, app="registrations", identifier="verkosto_registrations.W001")


@register()
def middleware_is_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return missing_middleware(
        MIDDLEWARE,
        purpose="approving a page from the dashboard notifies participants without asking first",
        after=MESSAGES,
        identifier="verkosto_registrations.W002",
    )


@register(Tags.files)
def uploads_have_a_storage(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where the files that registrants send are kept in a folder that nobody chose."""
    if "private" in settings.STORAGES:
        return []
    line = (
        'STORAGES["private"] = {"BACKEND": "django.core.files.storage.FileSystemStorage", '
        '"OPTIONS": {"location": BASE_DIR / "private", "base_url": None}}'
    )
    return [
        Warning(
            "Files that registrants send are kept next to MEDIA_ROOT, in a folder named private.",
            hint=f"Choose where: {line}. No URL may lead there.",
            id="verkosto_registrations.W003",
        )
    ]


@register()
def sender_is_one_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Find a sender whom no mail server accepts, such as a name with a comma without quotes (RFC 5322 §3.4)."""
    found: list[CheckMessage] = []
    for setting in ("DEFAULT_FROM_EMAIL", "SERVER_EMAIL"):
        value = str(getattr(settings, setting, ""))
        addresses = [address for _name, address in getaddresses([value])]
        if len(addresses) != 1 or not all(addresses[0].rpartition("@")[::2]):
            hint = 'Write it as "Name <address>"; a name with a comma in quotes: \'"Verkosto, öst" <v@example.fi>\'.'
            found.append(Error(f"{setting} is not one address: {value}", hint=hint, id="verkosto_registrations.E001"))
    return found


@register()
def mails_have_a_worker(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if getattr(settings, "TASKS", None):
        return []
    hint = (
        'Install verkosto[tasks], add "django_tasks" and "django_tasks_db" to INSTALLED_APPS, set '
        'TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}, and run `manage.py db_worker`.'
    )
    return [Warning("Mails are sent while the visitor waits.", hint=hint, id="verkosto_registrations.W004")]
