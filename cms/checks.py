"""System checks of the project, which ``check --deploy`` runs."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError

from cms import site_address
from verkosto.registrations.models import AnswerFile

LATEST_FILES = 20


@register(Tags.urls, deploy=True)
def site_has_one_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report an address of Wagtail's default site that is not ``SITE_URL``."""
    try:
        found = site_address.difference()
    except DatabaseError:
        return [Warning("The address of the site was not checked.", hint="Run migrate first.", id="cms.W001")]
    hint = "Run manage.py start_site, which sets it from SITE_URL."
    return [Error(found, hint=hint, id="cms.E001")] if found else []


@register(Tags.security, deploy=True)
def security_contact_is_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where a vulnerability cannot be reported (RFC 9116)."""
    if settings.SECURITY_CONTACT:
        return []
    hint = "Set SECURITY_CONTACT to mailto:security@… or https://…; it is published as /.well-known/security.txt."
    return [Warning("The site names nobody to report vulnerabilities to.", hint=hint, id="cms.W002")]


@register(Tags.files, deploy=True)
def servers_share_private_files(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where several servers seem to keep the files of registrants in a folder of each."""
    if not isinstance(storages["private"], FileSystemStorage):
        return []
    hint = "Set PRIVATE_STORAGE_URL to a bucket, or let all servers mount one folder."
    if not isinstance(storages["default"], FileSystemStorage):
        text = "Pictures are in a bucket, and the files of registrants in a folder of this server."
        return [Warning(text, hint=hint, id="cms.W003")]
    return []


@register(Tags.files, deploy=True)
def private_files_have_their_own_bucket(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report files of registrants in the bucket of the pictures, which may be public."""
    media, private = _bucket_of("default"), _bucket_of("private")
    if media is None or media != private:
        return []
    hint = "Set PRIVATE_STORAGE_URL to a bucket of its own, and move the folder answers/ there."
    return [Error("Files of registrants are in the bucket of the pictures.", hint=hint, id="cms.E003")]


def _bucket_of(name: str) -> tuple[str, str] | None:
    """Return the service and the name of the bucket of a storage; None for a folder."""
    bucket = getattr(storages[name], "bucket_name", None)
    return (str(getattr(storages[name], "endpoint_url", "")), bucket) if bucket else None


@register(Tags.database)
def private_files_are_here(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Find files of registrants that another server has written where this one cannot read them. ``--database`` asks."""
    if "default" not in (databases or ()):
        return []
    try:
        latest = list(AnswerFile.objects.order_by("-pk").values_list("file", flat=True)[:LATEST_FILES])
    except DatabaseError:  # before the first migration
        return []
    try:
        missing = sum(not storages["private"].exists(name) for name in latest)
    except OSError:
        return [Warning("The files of registrants were not looked for.", hint="Ask /readyz.", id="cms.W004")]
    if not missing:
        return []
    text = f"{missing} of the latest {len(latest)} files of registrants are not in the private storage of this server."
    hint = "Let all servers use one bucket (PRIVATE_STORAGE_URL) or one folder, and copy the files there."
    return [Error(text, hint=hint, id="cms.E002")]
