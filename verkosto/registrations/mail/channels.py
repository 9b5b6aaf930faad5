"""The channels by which messages are delivered. An app adds one through the hook ``register_verkosto_channels``."""

from collections.abc import Callable
from functools import cache

from wagtail import hooks

from verkosto.registrations.models import Message

# Delivers a message and sets its ``subject`` and ``text``. Returns False when there is nothing to send any more.
Channel = Callable[[Message], bool]


class UnknownChannel(LookupError):
    """No app has registered this channel."""


@cache
def channels() -> dict[str, Channel]:
    """Return the channels by name. A later app's channel replaces an earlier one of the same name."""
    found: dict[str, Channel] = {}
    for hook in hooks.get_hooks("register_verkosto_channels"):
        found.update(hook())
    return found


def channel_of(name: str) -> Channel:
    """Return a channel. Raises UnknownChannel."""
    try:
        return channels()[name]
    except KeyError as error:
        raise UnknownChannel(name) from error
