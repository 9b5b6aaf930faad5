"""The kinds of mails about single meetings of a series."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.mail.default_kinds import VIEW_OR_CHANGE
from verkosto.registrations.mail.kind import MailKind
from verkosto.registrations.mail.meetings import has_declined_meeting, is_coming_to_meeting

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
        is_true=has_declined_meeting,
    ),
    MailKind(
        name="meeting_added",
        label=_("A meeting added"),
        subject=_("You are coming to a meeting: {title}"),
        body=_("You are now expected at this meeting: {meeting}\n\nIf you cannot come, you can decline it."),
        link=VIEW_OR_CHANGE,
        calendar=REQUEST,
        is_for_series=True,
        is_true=is_coming_to_meeting,
    ),
]
