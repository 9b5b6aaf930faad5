"""The kinds of mails to guests, whom registered people bring."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import MailKind

GUEST_KINDS = [
    MailKind(
        name="guest_registered",
        label=_("To a guest: registered"),
        subject=_("You have a place: {title}"),
        body=_("You have a place at {title}."),
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.has_place_at_event,
    ),
    MailKind(
        name="guest_cancelled",
        label=_("To a guest: cancelled"),
        subject=_("You no longer have a place: {title}"),
        body=_("Your place at {title} has been cancelled."),
        calendar=CANCEL,
        still_applies=validity.has_no_place_as_guest,
    ),
]
