"""The signal handlers of this app, connected when the app is ready."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.models import Locale, Site

from verkosto.core import content_cache, frontend_cache, locales
from verkosto.core.circuit_breaker import recovered
from verkosto.core.search.linked_names import classes_named_on_pages, name_changed
from verkosto.core.search.trigram_index import create_search_index


def locale_changed(sender: type[Locale], **kwargs: Any) -> None:
    """Clear the language codes in memory, so that they are read again."""
    locales.clear_language_codes()


def cache_recovered(sender: type, **kwargs: Any) -> None:
    """Renew the content version, because changes made while the shared cache did not answer have not renewed it."""
    content_cache.renew_content_version()
    Site.clear_site_root_paths_cache()


def migrated(using: str, **kwargs: Any) -> None:
    """Create the index with which searches find parts of words."""
    create_search_index(using)


def connect() -> None:
    content_cache.connect()
    frontend_cache.connect()
    for signal in (post_save, post_delete):
        signal.connect(locale_changed, sender=Locale, dispatch_uid="verkosto_core.locale_changed")
    post_migrate.connect(migrated, sender=apps.get_app_config("verkosto_core"), dispatch_uid="verkosto_core.migrated")
    for model in classes_named_on_pages():
        post_save.connect(name_changed, sender=model, dispatch_uid="verkosto_core.name_changed")
    recovered.connect(cache_recovered, dispatch_uid="verkosto_core.cache_recovered")
