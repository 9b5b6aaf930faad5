"""When a translation is needed: other apps know, this one asks.

An app registers a function that gives, for many pages in one query, the moment by which the public needs the words::

    @register_urgency
    def events(keys: Collection[UUID] | None) -> dict[UUID, Urgency]: ...

`keys` is None when all are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Urgency:
    """`needed_by`: when visitors start to need it (a registration opens). `happens_at`: the event itself."""

    needed_by: datetime | None = None
    happens_at: datetime | None = None


Provider = Callable[[Collection[UUID] | None], dict[UUID, Urgency]]
_providers: list[Provider] = []


def register_urgency(provider: Provider) -> Provider:
    if provider not in _providers:
        _providers.append(provider)
    return provider


def urgencies(keys: Collection[UUID] | None = None) -> dict[UUID, Urgency]:
    found: dict[UUID, Urgency] = {}
    for provider in _providers:
        found.update(provider(keys))
    return found
