"""The kinds of mails about single meetings of a series."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.mail.default_kinds import VIEW_OR_CHANGE
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.mail.meetings import has_declined_meeting, is_coming_to_meeting, waits_for_meeting

MEETING_KINDS = [
    MailKind(
        name="meeting_declined",
        label=_("A meeting declined"),
        subject=_("You are not coming to a meeting: {title}"),
        body=_(
            "You are no longer expected at this meeting: {meeting}\n\n"
            "Your registration for the other meetings is still valid. If your plans change, you can add the meeting again."
        ),
        link=VIEW_OR_CHANGE,
        calendar=CANCEL,
        is_for_series=True,
        still_applies=has_declined_meeting,
    ),
    MailKind(
        name="meeting_added",
        label=_("A meeting added"),
        subject=_("You are coming to a meeting: {title}"),
        body=_("You are now expected at this meeting: {meeting}\n\nIf you cannot come, you can decline it."),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        is_for_series=True,
        still_applies=is_coming_to_meeting,
    ),
    MailKind(
        name="meeting_waiting",
        label=_("On the waiting list of a meeting"),
        subject=_("You are on the waiting list of a meeting: {title}"),
        body=_(
            "All places at this meeting are taken, and you are on its waiting list: {meeting}\n\n"
            "Your registration for the other meetings is not affected. We will notify you if a place becomes available."
        ),
        link=VIEW_OR_CHANGE,
        is_for_series=True,
        still_applies=waits_for_meeting,
    ),
    MailKind(
        name="meeting_promoted",
        label=_("A place at a meeting from its waiting list"),
        subject=_("A place at a meeting is now available for you: {title}"),
        body=_(
            "A place is now available, and you are expected at this meeting: {meeting}\n\n"
            "If you cannot come, decline it so that the next person on the waiting list gets the place."
        ),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        is_for_series=True,
        still_applies=is_coming_to_meeting,
    ),
]
