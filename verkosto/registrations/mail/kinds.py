"""The kinds of mails: ours and those of other apps. Editors may replace their texts at one desk and in one language."""

from functools import cache

from wagtail import hooks

from verkosto.registrations.mail.default_kinds import KINDS
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.mail.meeting_kinds import MEETING_KINDS
from verkosto.registrations.mail.reply_kinds import REPLY_KINDS
from verkosto.registrations.models import Message

__all__ = ["PLACEHOLDERS", "MailKind", "UnknownMailKind", "kind_of", "mail_kinds", "still_applies"]

PLACEHOLDERS = ("name", "title", "when", "where", "reference", "places", "deadline", "reason", "change", "organiser")


class UnknownMailKind(LookupError):
    """No app has registered this kind of mail."""


@cache
def mail_kinds() -> dict[str, MailKind]:
    """Return all kinds of mail by name; an app adds its own through the hook ``register_verkosto_mail_kinds``."""
    kinds = [*KINDS, *MEETING_KINDS, *REPLY_KINDS]
    for hook in hooks.get_hooks("register_verkosto_mail_kinds"):
        kinds += hook()
    return {kind.name: kind for kind in kinds}


def kind_of(name: str) -> MailKind:
    """Return a kind of mail. Raises UnknownMailKind."""
    try:
        return mail_kinds()[name]
    except KeyError as error:
        raise UnknownMailKind(name) from error


def still_applies(message: Message) -> bool:
    """Return whether what a message says is still true; of a test mail always True. Raises UnknownMailKind."""
    if message.context.get("is_test"):
        return True
    registration = message.registration
    if registration is not None and registration.purged_at:
        return False
    if message.is_to_guest and registration is not None and message.guest_id is None:
        # The guest has been replaced or cancelled.
        return False
    return kind_of(message.kind).still_applies(message)
