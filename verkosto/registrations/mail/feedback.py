"""The mails that ask for feedback."""

from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.models import FeedbackNote, Message
from verkosto.registrations.models.feedback import takes_feedback

REQUEST, REMINDER = "feedback_request", "feedback_reminder"
GIVE_FEEDBACK = _("Give feedback")
LINK_NOTE = _(
    "The link is personal and can be used once. We only note that you have answered: your answers are kept without your "
    "name, apart from this note."
)


def _can_answer(message: Message) -> bool:
    """Return whether the person may give feedback and has not done so."""
    if message.desk is None or not validity.has_place(message) or not takes_feedback(message.desk):
        return False
    return not FeedbackNote.objects.filter(registration=message.registration).exists()


FEEDBACK_KINDS = [
    MailKind(
        name=REQUEST,
        label=_("Request for feedback"),
        subject=_("How was it? {title}"),
        body=_(
            "Thank you for taking part in {title}.\n\n"
            "Tell us how it was. It takes a few minutes, and your answers are anonymous."
        ),
        link=GIVE_FEEDBACK,
        link_note=LINK_NOTE,
        opens=TokenPurpose.FEEDBACK,
        still_applies=_can_answer,
    ),
    MailKind(
        name=REMINDER,
        label=_("Reminder about feedback"),
        subject=_("You can still give feedback: {title}"),
        body=_("We would like to hear how {title} was. You have not given feedback yet. Your answers are anonymous."),
        link=GIVE_FEEDBACK,
        link_note=LINK_NOTE,
        opens=TokenPurpose.FEEDBACK,
        still_applies=_can_answer,
    ),
]
