"""The kinds of mails to guests, whom registered people bring."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.mail.meetings import guest_comes_to_meeting, guest_has_declined_meeting

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
    MailKind(
        name="guest_meeting_declined",
        label=_("To a guest: a meeting declined"),
        subject=_("You are not coming to a meeting: {title}"),
        body=_(
            "You are no longer expected at this meeting: {meeting}\n\n"
            "Your place at the other meetings is not affected."
        ),
        calendar=CANCEL,
        is_for_series=True,
        still_applies=guest_has_declined_meeting,
    ),
    MailKind(
        name="guest_meeting_added",
        label=_("To a guest: a meeting added"),
        subject=_("You are coming to a meeting: {title}"),
        body=_("You are now expected at this meeting: {meeting}"),
        calendar=REQUEST,
        is_for_series=True,
        still_applies=guest_comes_to_meeting,
    ),
]
