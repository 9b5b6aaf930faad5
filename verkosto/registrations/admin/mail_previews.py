"""Mails as recipients will get them, shown to staff before they are sent."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.coreutils import get_content_languages

from verkosto.core.formats import format_deadline
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail.compose import compose
from verkosto.registrations.models import Desk, Message, Registration


@dataclass(frozen=True, kw_only=True)
class MailPreview:
    """A mail in one language, and how many people get it. ``language`` is the language's name in the reader's language."""

    code: str
    language: str
    number: int
    subject: str
    html: str


def preview_mail(message: Message, *, number: int = 1, link: str = "#") -> MailPreview:
    """Return the preview of a message that is not stored; ``link`` stands for the recipient's personal link."""
    mail = compose(message, link=link, decline_link=link)
    return MailPreview(
        code=message.language,
        language=str(get_content_languages().get(message.language, message.language)),
        number=number,
        subject=mail.subject,
        html=mail.html(),
    )


def example_registration(desk: Desk, language: str) -> Registration:
    """Return an unsaved registration for previews: who looks at a preview may not see the registrants' names."""
    with translation.override(language):
        name = gettext("(name)")
    return Registration(desk=desk, name=name, language=language, status=RegistrationStatus.CONFIRMED)


def example_context(desk: Desk, language: str) -> dict[str, str]:
    """Return values of the placeholders that depend on what happened, so that an example has no gaps."""
    with translation.override(language):
        name = gettext("(name)")
        return {
            "deadline": format_deadline(timezone.now() + timedelta(days=2), desk.timezone),
            "giver": name,
            "receiver": name,
            "host": name,
            "reason": gettext("(reason)"),
            "change": gettext("(what has changed)"),
            "code": gettext("(code)"),
            "changes": gettext("(what has changed)"),
            "meeting": str(desk.version(language).get("when", "")),
        }
