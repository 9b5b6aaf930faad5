"""What makes meetings online. An installed app adds its own through the hook ``register_verkosto_meeting_providers``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.functional import Promise
from wagtail import hooks

HOOK = "register_verkosto_meeting_providers"


class MeetingFailed(Exception):
    """A provider could not do what it was asked. The text says why, for editors; it is tried again."""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The meeting that an event wants. ``key`` is the same for all languages of the event. A meeting that is made after
    one was withdrawn has another: the link of the withdrawn one must not lead to it.
    """

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    timezone: str


@dataclass(frozen=True)
class MadeMeeting:
    """A meeting that a provider has: the link by which people join, and the provider's own name for it."""

    url: str
    reference: str = ""


class MeetingProvider(ABC):
    """Makes, moves and withdraws meetings. The worker calls it, never a request of the site.

    Each call may be made again after a worker was killed: the provider recognises a meeting by its ``key``. Failures are
    raised as `MeetingFailed`.
    """

    name: str
    label: str | Promise
    #: Where the meetings are, such as the address of a server: after a change, those still to come are made anew.
    server: str = ""

    @abstractmethod
    def make(self, meeting: Meeting) -> MadeMeeting:
        """Make a meeting, and return it."""

    @abstractmethod
    def move(self, meeting: Meeting, made: MadeMeeting) -> MadeMeeting:
        """Give a meeting its new title and times, and return it."""

    @abstractmethod
    def withdraw(self, made: MadeMeeting) -> None:
        """End a meeting that is no longer wanted."""


@cache
def meeting_providers() -> dict[str, MeetingProvider]:
    """Return the providers of all installed apps by name. Each hook function returns a list of them."""
    registered: list[Callable[[], Iterable[MeetingProvider]]] = hooks.get_hooks(HOOK)
    return {provider.name: provider for register in registered for provider in register()}


def provider_choices() -> list[tuple[str, str | Promise]]:
    """Return the name and label of each provider, as the choices of a field."""
    return [(name, provider.label) for name, provider in meeting_providers().items()]
