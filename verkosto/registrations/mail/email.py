"""Messages as e-mail."""

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from verkosto.registrations import conf
from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.mail.compose import Letter, absolute, compose
from verkosto.registrations.mail.kinds import mail_kinds
from verkosto.registrations.models import Invitation, Message, Registration
from verkosto.registrations.tokens import issue_token


def deliver_email(message: Message) -> bool:
    """Send a message as an e-mail, and keep its words without the personal links. False when nothing is to be told."""
    if message.registration and message.registration.purged_at:
        return False
    if message.kind == "links":
        letter = _letter_with_links(message)
        if letter is None:
            # The row is the same for a known and an unknown address, and keeps neither.
            message.recipient = ""
            message.save(update_fields=["recipient"])
            return False
    elif message.context.get("invitation"):
        letter = _invitation(message)
    else:
        link = personal_link(message.registration) if message.registration and mail_kinds()[message.kind].link else ""
        letter = compose(message, link=link)
    message.subject = letter.subject
    message.text = "" if message.kind == "links" else letter.text(with_link=False)
    for secret in letter.secrets:
        message.text = message.text.replace(secret, "…")
    send_mail(as_email(letter, message))
    return True


def send_mail(mail: EmailMessage) -> None:
    """Hand a mail to the mail server. Raises what smtplib raises."""
    mail.send(fail_silently=False)


def as_email(letter: Letter, message: Message) -> EmailMultiAlternatives:
    """The mail: text, HTML, and the calendar file both as a part that clients act on and as an attachment."""
    domain = conf.sender_address().rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text(),
        to=[message.recipient],
        headers={
            # The same after a repeat: a client that has it shows it once.
            "Message-ID": f"<message-{message.pk}-{int(message.created_at.timestamp())}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    mail.attach_alternative(letter.html(), "text/html")
    if letter.calendar:
        mail.attach_alternative(letter.calendar.decode(), f"text/calendar; method={letter.calendar_method}")
        mail.attach("event.ics", letter.calendar.decode(), "text/calendar")
    if letter.left_calendar:
        mail.attach("cancelled.ics", letter.left_calendar.decode(), "text/calendar")
    if letter.code:
        mail.attach("check-in.png", letter.code, "image/png")
    return mail


def personal_link(registration: Registration) -> str:
    """A new personal link to a registration. It exists only in the mail it is put in."""
    with translation.override(registration.language):
        return absolute(reverse("verkosto_registrations:enter", args=[issue_token(registration=registration)]))


def _letter_with_links(message: Message) -> Letter | None:
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


def _invitation(message: Message) -> Letter:
    invitation = Invitation.objects.select_related("desk").get(pk=message.context["invitation"])
    # A code is bound to one invitation; that of an earlier mail stays valid.
    code = issue_token(invitation=invitation, purpose=TokenPurpose.INVITATION)
    with translation.override(message.language):
        link = absolute(reverse("verkosto_registrations:invited", args=[code]))
    letter = compose(message, link=link, extra={"code": code, "name": invitation.name})
    letter.secrets = (code,)
    return letter
