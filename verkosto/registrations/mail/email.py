"""The channel "email": messages as emails."""

from dataclasses import replace
from email.mime.image import MIMEImage
from email.utils import formataddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from verkosto.core.icalendar import CANCEL
from verkosto.core.page_urls import absolute_url
from verkosto.registrations import conf
from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.mail.compose import CODE_ID, ComposedMail, compose
from verkosto.registrations.mail.desk_invitations import compose_desk_invitation
from verkosto.registrations.mail.kinds import kind_of
from verkosto.registrations.mail.personal_links import links_of, personal_link
from verkosto.registrations.models import Invitation, Message
from verkosto.registrations.tokens import issue_token


def deliver_email(message: Message) -> bool:
    """Send a message as an email, and set its text without personal links. Return False when there is nothing to send."""
    if message.registration and message.registration.purged_at:
        return False
    if message.kind == "links":
        composed = _mail_with_links(message)
        if composed is None:
            # The address is unknown. It is not stored, so that nobody can read from the rows who asked.
            message.recipient = message.mailbox = ""
            message.save(update_fields=["recipient", "mailbox"])
            return False
    elif message.context.get("invitation"):
        composed = _invitation(message)
    elif message.context.get("desk_invitation"):
        composed = compose_desk_invitation(message)
    else:
        composed = compose(message, link=_link_of(message))
    message.subject = composed.subject
    message.text = "" if message.kind == "links" else composed.text(with_link=False)
    for secret in composed.secrets:
        message.text = message.text.replace(secret, "…")
    send_mail(as_email(composed, message))
    return True


def send_mail(mail: EmailMessage) -> None:
    """Hand a mail to the mail server. Raises what smtplib raises."""
    mail.send(fail_silently=False)


def as_email(composed: ComposedMail, message: Message) -> EmailMultiAlternatives:
    """Return the email: text, HTML, and the calendar file as a part that clients process and as an attachment.

    Each calendar part names its method (RFC 6047 §2.4). Answers go to the organiser.
    """
    domain = conf.sender_address().rpartition("@")[2] or "localhost"
    organiser = composed.organiser
    email = EmailMultiAlternatives(
        subject=composed.subject,
        body=composed.text(),
        to=[message.recipient],
        reply_to=[formataddr((organiser.name, organiser.email))] if organiser.email else None,
        headers={
            # A retry has the same Message-ID, so that a client that already has the mail shows it once.
            "Message-ID": f"<{message.message_id}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": composed.language,
        },
    )
    email.attach_alternative(composed.html(), "text/html")
    for number, calendar in enumerate(composed.calendars):
        content = calendar.content.decode()
        if number == 0:
            email.attach_alternative(content, calendar.content_type)
        email.attach(_calendar_name(composed, number), content, calendar.content_type)
    if composed.code:
        email.attach(_inline_picture(composed.code))
    return email


def _calendar_name(composed: ComposedMail, number: int) -> str:
    """Return the file name of one of a mail's calendars: event.ics, removed.ics, event-2.ics …"""
    is_removal = number > 0 and composed.calendars[number].method == CANCEL
    first = 1 if is_removal else 0
    return f"{'removed' if is_removal else 'event'}{f'-{number + 1}' if number > first else ''}.ics"


def _inline_picture(content: bytes) -> MIMEImage:
    """Return the check-in code as a picture that the HTML part shows (RFC 2392)."""
    picture = MIMEImage(content, "png")
    picture.add_header("Content-ID", f"<{CODE_ID}>")
    picture.add_header("Content-Disposition", "inline", filename="check-in.png")
    return picture


def _link_of(message: Message) -> str:
    """Return a new personal link to the registration, or the URL of the path in a message to staff."""
    if message.is_to_guest:
        return ""
    kind = kind_of(message.kind)
    if message.registration and kind.link:
        return personal_link(message.registration, kind.opens)
    return absolute_url(str(message.context.get("link", "")))


def _mail_with_links(message: Message) -> ComposedMail | None:
    """Return the mail with what an address may open; None where that is nothing."""
    links = links_of(message.recipient, message.language)
    return replace(compose(message), links=links) if links else None


def _invitation(message: Message) -> ComposedMail:
    invitation = Invitation.objects.select_related("desk").get(pk=message.context["invitation"])
    # Each mail has a new code. Those of earlier mails stay valid.
    code = issue_token(invitation=invitation, purpose=TokenPurpose.INVITATION)
    with translation.override(message.language):
        link, decline_link = (
            absolute_url(reverse(f"verkosto_registrations:{name}", args=[code]))
            for name in ("invited", "invitation_decline")
        )
    composed = compose(message, link=link, decline_link=decline_link, extra={"code": code, "name": invitation.name})
    composed.secrets = (code,)
    return composed
