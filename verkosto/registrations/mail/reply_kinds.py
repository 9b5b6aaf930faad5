"""The kinds of mails about answers from calendars, see ``replies``."""

from django.utils.translation import gettext_lazy as _

from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import MailKind

REPLY_KINDS = [
    MailKind(
        name="calendar_answer_refused",
        label=_("Answer from a calendar that was too late"),
        subject=_("Your answer was not recorded: {title}"),
        body=_(
            "You answered the invitation to {title} in your calendar. The answer could not be recorded, because "
            "registrations can no longer be changed.\n\nIf you cannot come, please contact the organiser."
        ),
        link=_("View your registration"),
        still_applies=validity.is_active,
    ),
]
