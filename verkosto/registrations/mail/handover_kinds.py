"""The kinds of mails about places that are handed over to a colleague."""

from django.utils.translation import gettext_lazy as _

from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import VIEW_OR_CHANGE, MailKind

HANDOVER_KINDS = [
    MailKind(
        name="handed_over",
        label=_("Place handed over"),
        subject=_("Your place has been handed over: {title}"),
        body=_(
            "Your place at {title} has been given to {receiver}, as you asked.\n\n"
            "You are no longer registered, and the event is removed from your calendar. Your answers were not passed on."
        ),
        link=_("View your registration"),
        calendar=CANCEL,
        still_applies=validity.cancelled,
    ),
    MailKind(
        name="taken_over",
        label=_("Place taken over"),
        subject=_("You have been given a place: {title}"),
        body=_(
            "{giver} cannot attend and has given you a place at {title}. You’re registered.\n\n"
            "Check your details, read how your data is used, and answer the organiser’s questions. If you cannot attend "
            "either, cancel the registration so that someone else can have the place."
        ),
        link=_("Check your details"),
        calendar=REQUEST,
        includes_event_text=True,
        still_applies=validity.has_place_at_event,
    ),
    MailKind(
        name="handover_refused",
        label=_("Hand-over refused"),
        subject=_("Your place was not handed over: {title}"),
        body=_(
            "You asked to give your place at {title} to a colleague. The organiser did not consent, and the place is "
            "still yours.\n\n{reason}\n\n"
            "If you cannot attend, cancel your registration so that someone else can have the place."
        ),
        link=VIEW_OR_CHANGE,
        still_applies=validity.has_place,
    ),
]
