"""What a kind of mail is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models import Message

OPENS = _("The link is personal. Anyone who has it can view and change your registration.")


def always(message: Message) -> bool:
    """Say that a mail does not become untrue."""
    return True


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """One kind of mail. ``subject`` and ``body`` hold placeholders in braces; an empty line separates paragraphs."""

    name: str
    label: Any
    subject: Any
    body: Any
    # The label of the button that opens the registration; "" for a mail without a personal link.
    link: Any = ""
    # A note below the link.
    link_note: Any = OPENS
    # The method of the calendar file: REQUEST adds the event or replaces it, CANCEL removes it (RFC 5546 §3.2). "" for
    # none. What the file says about an event that is cancelled or postponed without a date is CANCEL in any case.
    calendar: str = ""
    # Whether the event's facts are listed, and whether its own text in mails is added.
    includes_facts: bool = True
    includes_event_text: bool = False
    # Whether each desk may have a text of its own.
    is_editable: bool = True
    # Whether the mail still says what is so: asked when it is sent, which may be days after it was written. Where it
    # does not, the mail is dropped.
    is_true: Callable[[Message], bool] = always

    @property
    def takes_own_line(self) -> bool:
        """Whether an editor may add a line when publishing causes this mail: it stands where the change is described."""
        return "{change}" in str(self.body)
