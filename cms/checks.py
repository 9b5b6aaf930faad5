"""System checks of the project, which ``check --deploy`` runs."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from cms import site_address


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
    """Warn where nobody can be told of a vulnerability (RFC 9116)."""
    if settings.SECURITY_CONTACT:
        return []
    hint = "Set SECURITY_CONTACT to mailto:security@… or https://…; it is published as /.well-known/security.txt."
    return [Warning("The site names nobody to report vulnerabilities to.", hint=hint, id="cms.W002")]
