"""The definition of a kind of mail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.models import Message

LINK_NOTE = _("The link is personal. Anyone who has it can view and change your registration.")

VIEW_OR_CHANGE = _("View or change your registration")


def always(message: Message) -> bool:
    """Return True: the mail is true whenever it is sent."""
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
    # What the link opens: a ``TokenPurpose``.
    opens: str = TokenPurpose.MANAGE
    # A note below the link.
    link_note: Any = LINK_NOTE
    # The label of a second link, by which an invited person says that they cannot come; "" for none.
    decline_link: Any = ""
    # Whether editors may give the mail a greeting, a signature and a P.S. of their own.
    is_letter: bool = False
    # The method of the calendar file: REQUEST adds or replaces the event, CANCEL removes it (RFC 5546 §3.2); "" for no
    # file. An event that is cancelled or postponed without a date is removed in any case.
    calendar: str = ""
    # Whether the event's facts are listed, and whether the page's own text for mails is added.
    includes_facts: bool = True
    includes_event_text: bool = False
    # Whether editors may replace the text, at each desk.
    is_editable: bool = True
    # Whether a visitor can cause it again and again to any address: beyond the hourly limit of its mailbox it is dropped.
    is_repeatable: bool = False
    # Whether only desks of a series have use for it.
    is_for_series: bool = False
    # Whether what the mail says is still true. Called when it is sent, which may be days after it was written; if it is
    # not, the mail is not sent.
    still_applies: Callable[[Message], bool] = always

    @property
    def takes_own_line(self) -> bool:
        """Whether an editor may add a line of their own to this mail: it has a place where a change is described."""
        return "{change}" in str(self.body)
