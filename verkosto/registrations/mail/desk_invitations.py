"""The mail that invites a colleague to a role at a desk. Its link is made when it is sent, and stored nowhere."""

import secrets

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from verkosto.core.formats import format_deadline
from verkosto.core.page_urls import absolute_url
from verkosto.registrations.enums import ROLE_RIGHTS, DeskRole
from verkosto.registrations.mail.compose import ComposedMail, compose
from verkosto.registrations.mail.mail_kind import MailKind
from verkosto.registrations.models import DeskInvitation, Message
from verkosto.registrations.tokens import digest

KIND = "desk_invitation"


def is_pending(message: Message) -> bool:
    """Return whether the invitation of a message can still be accepted."""
    return DeskInvitation.objects.pending().filter(pk=message.context.get("desk_invitation")).exists()


DESK_INVITATION_KIND = MailKind(
    name=KIND,
    label=_("Invitation of a colleague"),
    subject=_("You are invited to help with registrations: {title}"),
    body=_(
        "You are invited to help with the registrations of {title}.\n\n"
        "Your role: {role}\n\n"
        "Open the link below and sign in with the account whose address is {email}. If you have no account, you can make "
        "one there. The invitation is valid until {until}."
    ),
    link=_("View the invitation"),
    link_note=_("The link is personal. Do not share it. If you did not expect the invitation, you need do nothing."),
    is_editable=False,
    still_applies=is_pending,
)


def compose_desk_invitation(message: Message) -> ComposedMail:
    """Return the mail with a new link. The link in an earlier mail no longer works."""
    invitation = DeskInvitation.objects.select_related("desk").get(pk=message.context["desk_invitation"])
    token = secrets.token_urlsafe(32)
    DeskInvitation.objects.filter(pk=invitation.pk).update(digest=digest(token))
    with translation.override(message.language):
        link = absolute_url(reverse("verkosto_registrations:colleague_enter", args=[token]))
        role = DeskRole(invitation.role)
        extra = {
            "role": f"{role.label}: {ROLE_RIGHTS[role]}",
            "email": invitation.email,
            "until": format_deadline(invitation.expires_at, invitation.desk.timezone),
        }
    return compose(message, link=link, extra=extra)
