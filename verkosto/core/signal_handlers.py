"""The signal handlers of this app, connected when the app is ready."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale

from verkosto.core import content_cache, locales


def locale_changed(sender: type[Locale], **kwargs: Any) -> None:
    """Read the language codes again."""
    locales.clear_language_codes()


def connect() -> None:
    content_cache.connect()
    for signal in (post_save, post_delete):
        signal.connect(locale_changed, sender=Locale, dispatch_uid="verkosto_core.locale_changed")
