"""Messages as e-mail."""

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from verkosto.registrations import conf
from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.mail.compose import ComposedMail, absolute, compose
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import Invitation, Message, Registration
from verkosto.registrations.tokens import issue_token


def deliver_email(message: Message) -> bool:
    """Send a message as an e-mail, and keep its text without personal links. Return False when there is nothing to send."""
    if message.registration and message.registration.purged_at:
        return False
    if message.kind == "links":
        composed = _mail_with_links(message)
        if composed is None:
            # The row is the same for a known and an unknown address, and keeps neither.
            message.recipient = message.mailbox = ""
            message.save(update_fields=["recipient", "mailbox"])
            return False
    elif message.context.get("invitation"):
        composed = _invitation(message)
    else:
        link = personal_link(message.registration) if message.registration and mail_kinds()[message.kind].link else ""
        composed = compose(message, link=link)
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
    """Return the e-mail: text, HTML, and the calendar file as a part that clients process and as an attachment.

    The calendar part names its method (RFC 6047 §2.4).
    """
    domain = conf.sender_address().rpartition("@")[2] or "localhost"
    email = EmailMultiAlternatives(
        subject=composed.subject,
        body=composed.text(),
        to=[message.recipient],
        headers={
            # The same after a retry: a client that has the mail shows it once.
            "Message-ID": f"<message-{message.pk}-{int(message.created_at.timestamp())}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": composed.language,
        },
    )
    email.attach_alternative(composed.html(), "text/html")
    if composed.calendar:
        email.attach_alternative(composed.calendar.decode(), f"text/calendar; method={composed.calendar_method}")
        email.attach("event.ics", composed.calendar.decode(), "text/calendar")
    if composed.left_calendar:
        email.attach("cancelled.ics", composed.left_calendar.decode(), "text/calendar")
    if composed.code:
        email.attach("check-in.png", composed.code, "image/png")
    return email


def personal_link(registration: Registration) -> str:
    """Return a new personal link to a registration. It exists only in the mail that it is put in."""
    with translation.override(registration.language):
        return absolute(reverse("verkosto_registrations:enter", args=[issue_token(registration=registration)]))


def _mail_with_links(message: Message) -> ComposedMail | None:
    registrations = (
        Registration.objects.of_address(message.recipient)
        .filter(purged_at__isnull=True)
        .select_related("desk")
        .order_by("-created_at")[:20]
    )
    lines = [
        f"{registration.desk.version(message.language).get('title', '')}\n{personal_link(registration)}"
        for registration in registrations
    ]
    return compose(message, extra={"links": "\n\n".join(lines)}) if lines else None


def _invitation(message: Message) -> ComposedMail:
    invitation = Invitation.objects.select_related("desk").get(pk=message.context["invitation"])
    # A code is bound to one invitation; that of an earlier mail stays valid.
    code = issue_token(invitation=invitation, purpose=TokenPurpose.INVITATION)
    with translation.override(message.language):
        link = absolute(reverse("verkosto_registrations:invited", args=[code]))
    composed = compose(message, link=link, extra={"code": code, "name": invitation.name})
    composed.secrets = (code,)
    return composed
