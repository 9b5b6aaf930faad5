"""What else belongs to a page and has words of its own, such as its mails: other apps know, this one asks.

An app registers a function that lists it for one original and one language, and has a view for each::

    @register_beside
    def mails(original: TranslatableMixin, version: TranslatableMixin) -> list[Beside]: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import TranslatableMixin


@dataclass(frozen=True)
class Beside:
    """`url` is the admin view where it is translated."""

    label: str
    url: str
    is_done: bool


Provider = Callable[[TranslatableMixin, TranslatableMixin], list[Beside]]
_providers: list[Provider] = []


def register_beside(provider: Provider) -> Provider:
    if provider not in _providers:
        _providers.append(provider)
    return provider


def beside(original: TranslatableMixin, version: TranslatableMixin) -> list[Beside]:
    """What has to be translated beside the version, what waits first."""
    found = [row for provider in _providers for row in provider(original, version)]
    return sorted(found, key=lambda row: row.is_done)
