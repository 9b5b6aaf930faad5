"""How a message reaches a person. An installed app adds a channel through the hook ``register_message_channels``."""

from collections.abc import Callable
from functools import cache

from wagtail import hooks

from verkosto.registrations.models import Message

# Delivers a message, keeps its words in ``subject`` and ``text``; False when there is nothing to say any more.
Channel = Callable[[Message], bool]


@cache
def channels() -> dict[str, Channel]:
    """Channels by name."""
    # Mails are made of desks, and writing one to the outbox must not need that.
    from verkosto.registrations.mail.email import deliver_email

    found: dict[str, Channel] = {"email": deliver_email}
    for hook in hooks.get_hooks("register_message_channels"):
        found.update(hook())
    return found
