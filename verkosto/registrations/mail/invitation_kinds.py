"""The kinds of mails to invited people. Editors may write them as a letter, with a greeting, a signature and a P.S."""

from django.utils.translation import gettext_lazy as _

from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import MailKind

DO_NOT_SHARE = _("The link is personal. Do not share it.")
CANNOT_COME = _("I cannot come")

INVITATION_KINDS = [
    MailKind(
        name="invitation",
        label=_("Invitation"),
        subject=_("Invitation: {title}"),
        body=_(
            "You are invited to {title}.\n\n"
            "The invitation is personal. Your code is {code}. The link below fills it in for you."
        ),
        link=_("Register"),
        link_note=DO_NOT_SHARE,
        decline_link=CANNOT_COME,
        is_letter=True,
        still_applies=validity.can_be_accepted,
    ),
    MailKind(
        name="invitation_reminder",
        label=_("Invitation reminder"),
        subject=_("We look forward to your answer: {title}"),
        body=_(
            "You are invited to {title}, and we have not received your answer yet.\n\n"
            "Your personal code is {code}. The link below fills it in for you."
        ),
        link=_("Register"),
        link_note=DO_NOT_SHARE,
        decline_link=CANNOT_COME,
        is_letter=True,
        still_applies=validity.can_be_accepted,
    ),
]
