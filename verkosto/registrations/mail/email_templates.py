"""The editors' own text of a mail, and what makes it a letter: a greeting, a signature and a P.S."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from verkosto.core.text import clean_line, clean_text
from verkosto.registrations.mail.placeholders import fill
from verkosto.registrations.models import EmailTemplate, Message


def own_template(message: Message) -> EmailTemplate | None:
    """Return the editors' own text for a mail in its language; None if the default is used. One query at a desk."""
    if message.desk is None:
        return None
    return EmailTemplate.objects.filter(desk=message.desk, kind=message.kind, language=message.language).first()


def greeting_of(message: Message, name: str, own: EmailTemplate | None, values: Mapping[str, str]) -> str:
    """Return the first line: the letter's own, or else the usual one.

    That is without the name if a stranger may have registered the address with a name of their choice.
    """
    if own and own.greeting:
        return clean_line(fill(own.greeting, values))
    is_known = bool(name) and not message.mailbox and not message.is_to_guest
    return _("Hello %(name)s,") % {"name": name} if is_known else _("Hello,")


def closing_of(own: EmailTemplate | None, values: Mapping[str, str]) -> list[str]:
    """Return the signature and the P.S. in the active language, each as one paragraph."""
    if own is None:
        return []
    postscript = _("P.S. %(text)s") % {"text": own.postscript} if own.postscript else ""
    return [clean_text(fill(part, values)) for part in (own.signature, postscript) if part]
