"""The storages of static files, with their URLs in memory: a page names about thirty."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles import storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class RememberedUrlsMixin:
    """Remembers the URL of each file. The files of a running site do not change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str | None, str] = {}

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        if args or kwargs or settings.DEBUG:
            return str(super().url(name, *args, **kwargs))  # type: ignore[misc]  # a mixin
        if name not in self._urls:
            self._urls[name] = str(super().url(name))  # type: ignore[misc]  # a mixin
        return self._urls[name]


class StaticFilesStorage(RememberedUrlsMixin, storage.StaticFilesStorage):
    """Files with their own names."""


class ManifestStaticFilesStorage(RememberedUrlsMixin, CompressedManifestStaticFilesStorage):
    """Files with a hash of their content in their names, and compressed copies."""
