"""Composition of a mail from its row, for one person in their language."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import urlize
from django.utils.translation import gettext as _

from verkosto.core.formats import format_deadline
from verkosto.core.icalendar import CANCEL
from verkosto.core.sites import site_url
from verkosto.core.text import clean_line, without_links
from verkosto.registrations import conf
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail.attendees import attendee_facts, attendee_names, default_texts
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.mail.check_in_codes import qr_png
from verkosto.registrations.mail.kinds import MailKind, mail_kinds
from verkosto.registrations.mail.placeholders import as_html, fill, paragraphs
from verkosto.registrations.models import Desk, EmailTemplate, Message, Registration


@dataclass
class ComposedMail:
    """A mail ready to be sent."""

    subject: str
    parts: list[str]
    language: str
    # Rows of the table of facts: (label, value).
    facts: list[tuple[str, str]] = field(default_factory=list)
    # Paragraphs below the facts.
    event_text: list[str] = field(default_factory=list)
    # The personal link. It is a field of its own so that it is kept in no row.
    link: str = ""
    link_label: str = ""
    link_note: str = ""
    # Other codes in the text that open something: kept in no row either.
    secrets: tuple[str, ...] = ()
    # Texts by strangers, in which nothing becomes a link.
    unlinked: tuple[str, ...] = ()
    closing: str = ""
    calendar: bytes = b""
    calendar_method: str = ""
    # Removes the entry of the event that somebody was moved from.
    left_calendar: bytes = b""
    # The check-in code as a picture.
    code: bytes = b""

    def text(self, *, with_link: bool = True) -> str:
        """Return the plain text part."""
        with translation.override(self.language):
            return render_to_string(
                "verkosto_registrations/mail/message.txt",
                {"mail": self, "link": self.link if with_link else _("(personal link)")},
            )

    def html(self) -> str:
        """Return the HTML part."""
        body = as_html(self.parts, unlinked=self.unlinked)
        facts = [
            (label, value if value in self.unlinked else urlize(value, autoescape=True)) for label, value in self.facts
        ]
        with translation.override(self.language):
            return render_to_string(
                "verkosto_registrations/mail/message.html",
                {
                    "mail": self,
                    "body": body,
                    "facts": facts,
                    "event_text": as_html(self.event_text),
                    "link": self.link,
                },
            )


def compose(message: Message, *, link: str = "", extra: dict[str, str] | None = None) -> ComposedMail:
    """Compose the mail of a message in its language, with facts as they are now."""
    desk = message.desk
    kind = mail_kinds()[message.kind]
    with translation.override(message.language):
        left = _left_desk(message)
        name = _name(message)
        values = {**_values(message), **(extra or {}), "name": name, "left": _left_text(left, message.language)}
        subject, body = _template(message, kind)
        version = desk.version(message.language) if desk else {}
        method = kind.calendar if _concerns_calendar(message) else ""
        code = _code(message, kind, version)
        mail = ComposedMail(
            subject=clean_line(fill(subject, values))[:250],
            parts=[_greeting(message, name), *paragraphs(fill(body, values))],
            language=message.language,
            facts=_facts(desk, version, message) if desk and kind.includes_facts else [],
            event_text=[
                *(paragraphs(version.get("text_in_mail", "")) if kind.includes_event_text else []),
                *([_("Show the attached code at the entrance for faster check-in.")] if code else []),
            ],
            link=link,
            link_label=str(kind.link),
            link_note=str(kind.link_note),
            unlinked=tuple(filter(None, (name, attendee_names(message.registration, kind.name)))),
            closing=version.get("organiser") or conf.site_name(),
            code=code,
        )
        if desk and method:
            mail.calendar = calendar_of(desk, message.language, method, attendee=message.recipient)
            mail.calendar_method = method
        if left and message.context.get("had_place"):
            mail.left_calendar = calendar_of(left, message.language, CANCEL, attendee=message.recipient)
        return mail


def _template(message: Message, kind: MailKind) -> tuple[str, str]:
    own = None
    if message.desk:
        own = EmailTemplate.objects.filter(desk=message.desk, kind=kind.name, language=message.language).first()
    return (own.subject, own.body) if own else default_texts(kind, message.registration)


def _name(message: Message) -> str:
    """Return the recipient's name on one line, with nothing that becomes a link; "" when none is known."""
    name = message.registration.name if message.registration else message.context.get("name", "")
    return without_links(clean_line(name))


def _greeting(message: Message, name: str) -> str:
    """Return the first line. It names nobody in a mail that a stranger may have caused with the address and any name."""
    return _("Hello %(name)s,") % {"name": name} if name and not message.mailbox else _("Hello,")


def _values(message: Message) -> dict[str, str]:
    registration, desk = message.registration, message.desk
    version = desk.version(message.language) if desk else {}
    values = {
        "title": version.get("title", ""),
        "when": version.get("when", ""),
        "where": version.get("where", ""),
        "joining": version.get("joining", "") if _may_join(registration) else "",
        "organiser": version.get("organiser", ""),
        "reference": registration.reference if registration else "",
        "places": str(registration.places) if registration else "",
        "deadline": _deadline(registration),
        "reason": "",
        "change": "",
        "links": "",
        "code": "",
    }
    return {**values, **{key: str(value) for key, value in message.context.items()}}


def _deadline(registration: Registration | None) -> str:
    if registration is None or registration.expires_at is None:
        return ""
    return format_deadline(registration.expires_at, registration.desk.timezone)


def _left_desk(message: Message) -> Desk | None:
    """Return the desk that somebody was moved from."""
    key = message.context.get("from_desk")
    return Desk.objects.filter(pk=key).first() if key else None


def _left_text(left: Desk | None, language: str) -> str:
    title = left.version(language).get("title", "") if left else ""
    return _("You are no longer registered for %(title)s.") % {"title": title} if title else ""


def _may_join(registration: Registration | None) -> bool:
    return registration is not None and registration.status == RegistrationStatus.CONFIRMED


def _concerns_calendar(message: Message) -> bool:
    """Return whether a calendar file goes along: a cancellation does only to people who had the entry."""
    if mail_kinds()[message.kind].calendar != "CANCEL" or message.kind.startswith("event_"):
        return True
    return bool(message.context.get("had_place"))


def _code(message: Message, kind: MailKind, version: dict[str, Any]) -> bytes:
    """Return the check-in code of somebody with a place at an event on site; b"" for others."""
    registration = message.registration
    if registration is None or not registration.pk or not _may_join(registration):
        return b""
    return qr_png(registration) if kind.includes_event_text and version.get("on_site") else b""


def _facts(desk: Desk, version: dict[str, Any], message: Message) -> list[tuple[str, str]]:
    rows = [
        (_("Event"), version.get("title", "")),
        (_("When"), version.get("when", "")),
        (_("Where"), version.get("where", "")),
        (_("Event page"), absolute(version.get("url", ""))),
    ]
    if joining := _joining(desk, version, message):
        rows.append((_("How to join"), joining))
    rows += attendee_facts(message.registration, message.kind)
    if message.registration:
        rows.append((_("Your reference"), message.registration.reference))
    return [(label, value) for label, value in rows if value]


def _joining(desk: Desk, version: dict[str, Any], message: Message) -> str:
    """Return the joining instructions for a mail to somebody with a place, from the time that the organiser set; or "".

    With such a time each gets a mail of its own then, and the confirmation does not repeat it.
    """
    kind, since = mail_kinds()[message.kind], desk.joining_visible_from
    if kind.calendar != "REQUEST" or kind.name == "joining" or not _may_join(message.registration):
        return ""
    confirms = kind.includes_event_text and kind.name != "reminder"
    if since is not None and (confirms or since > timezone.now()):
        return ""
    return str(version.get("joining", ""))


def absolute(path: str) -> str:
    """Return a path with the site's own scheme and host, never with the host that a request named."""
    return f"{site_url()}{path}" if path.startswith("/") else path
