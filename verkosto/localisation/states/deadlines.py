"""The deadlines of translations, from installed apps: the hook ``register_verkosto_translation_deadlines``.

The hook's function returns a provider, which gives the deadlines of many pages in one query per model; ``keys`` is None
when those of all pages are wanted::

    @hooks.register("register_verkosto_translation_deadlines")
    def event_deadlines() -> DeadlineProvider:
        return deadlines_of_events

    def deadlines_of_events(keys: Collection[UUID] | None) -> dict[UUID, Deadline]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wagtail import hooks

HOOK = "register_verkosto_translation_deadlines"


@dataclass(frozen=True)
class Deadline:
    """When a page's translations are needed.

    `needed_by` is when visitors start to need them, such as the opening of registration. `happens_at` is the event.
    """

    needed_by: datetime | None = None
    happens_at: datetime | None = None


DeadlineProvider = Callable[[Collection[UUID] | None], dict[UUID, Deadline]]


def deadlines(keys: Collection[UUID] | None = None) -> dict[UUID, Deadline]:
    """Return the deadlines by translation key, of some keys or of all."""
    found: dict[UUID, Deadline] = {}
    for hook in hooks.get_hooks(HOOK):
        found.update(hook()(keys))
    return found
