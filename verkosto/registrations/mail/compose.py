"""A message's words, for one person in their language."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from verkosto.core.formats import moment_words
from verkosto.core.sites import site_url
from verkosto.registrations import conf
from verkosto.registrations.check_in_codes import qr_png
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.mail.calendar import calendar_of
from verkosto.registrations.mail.kinds import MailKind, mail_kinds
from verkosto.registrations.mail.placeholders import as_html, fill, paragraphs
from verkosto.registrations.models import Desk, EmailTemplate, Message, Registration


@dataclass
class Letter:
    """A mail ready to be sent. ``link`` stands apart so that it is kept in no row."""

    subject: str
    parts: list[str]
    language: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    link: str = ""
    # What opens a door and stands in the words: kept in no row either.
    secrets: tuple[str, ...] = ()
    link_label: str = ""
    link_note: str = ""
    closing: str = ""
    calendar: bytes = b""
    calendar_method: str = ""
    # Takes out the entry of the event that somebody was moved from.
    left_calendar: bytes = b""
    # A picture for the door; shown to staff, it leads to the registration.
    code: bytes = b""

    def text(self, *, with_link: bool = True) -> str:
        """The plain text part."""
        with translation.override(self.language):
            return render_to_string(
                "verkosto_registrations/mail/letter.txt",
                {"letter": self, "link": self.link if with_link else _("(personal link)")},
            )

    def html(self) -> str:
        """The HTML part."""
        with translation.override(self.language):
            return render_to_string(
                "verkosto_registrations/mail/letter.html",
                {"letter": self, "body": as_html(self.parts), "words": as_html(self.words), "link": self.link},
            )


def compose(message: Message, *, link: str = "", extra: dict[str, str] | None = None) -> Letter:
    """The letter that a message is, with facts as they are now."""
    desk = message.desk
    kind = mail_kinds()[message.kind]
    with translation.override(message.language):
        left = _left(message)
        values = {**_values(message), **(extra or {}), "left": _words_of_leaving(left, message.language)}
        subject, body = _wording(desk, kind, message.language)
        version = desk.version(message.language) if desk else {}
        method = kind.calendar if _concerns_calendar(message) else ""
        code = _code(message, kind, version)
        return Letter(
            subject=" ".join(fill(subject, values).split())[:250],
            parts=[*_greeting(message), *paragraphs(fill(body, values))],
            language=message.language,
            facts=_facts(desk, version, message) if desk and kind.facts else [],
            words=[
                *(paragraphs(version.get("text_in_mail", "")) if kind.words else []),
                *([_("Show the attached code at the entrance for faster check-in.")] if code else []),
            ],
            link=link,
            link_label=str(kind.link),
            link_note=str(kind.link_note),
            closing=version.get("organiser") or conf.site_name(),
            calendar=calendar_of(desk, message.language, method, attendee=message.recipient)
            if desk and method
            else b"",
            calendar_method=method,
            left_calendar=calendar_of(left, message.language, "CANCEL", attendee=message.recipient)
            if left and message.context.get("had_place")
            else b"",
            code=code,
        )


def _wording(desk: Desk | None, kind: MailKind, language: str) -> tuple[str, str]:
    own = EmailTemplate.objects.filter(desk=desk, kind=kind.name, language=language).first() if desk else None
    return (own.subject, own.body) if own else (str(kind.subject), str(kind.body))


def _greeting(message: Message) -> list[str]:
    name = message.registration.name if message.registration else message.context.get("name", "")
    return [_("Hello %(name)s,") % {"name": name} if name else _("Hello,")]


def _values(message: Message) -> dict[str, str]:
    registration, desk = message.registration, message.desk
    version = desk.version(message.language) if desk else {}
    values = {
        "name": registration.name if registration else message.context.get("name", ""),
        "title": version.get("title", ""),
        "when": version.get("when", ""),
        "where": version.get("where", ""),
        "joining": version.get("joining", "") if _may_join(registration) else "",
        "organiser": version.get("organiser", ""),
        "reference": registration.reference if registration else "",
        "places": str(registration.places) if registration else "",
        "deadline": moment_words(registration.expires_at) if registration and registration.expires_at else "",
        "reason": "",
        "change": "",
        "links": "",
        "code": "",
    }
    return {**values, **{key: str(value) for key, value in message.context.items() if key != "anonymous"}}


def _left(message: Message) -> Desk | None:
    """The desk that somebody was moved from."""
    key = message.context.get("from_desk")
    return Desk.objects.filter(pk=key).first() if key else None


def _words_of_leaving(left: Desk | None, language: str) -> str:
    title = left.version(language).get("title", "") if left else ""
    return _("You are no longer registered for %(title)s.") % {"title": title} if title else ""


def _may_join(registration: Registration | None) -> bool:
    return registration is not None and registration.status == RegistrationStatus.CONFIRMED


def _concerns_calendar(message: Message) -> bool:
    """A cancellation goes only to people who had the entry."""
    if mail_kinds()[message.kind].calendar != "CANCEL" or message.kind.startswith("event_"):
        return True
    return bool(message.context.get("had_place"))


def _code(message: Message, kind: MailKind, version: dict[str, Any]) -> bytes:
    """The check-in code of somebody with a place at an event that one comes to; b"" for others."""
    registration = message.registration
    if registration is None or not registration.pk or not _may_join(registration):
        return b""
    return qr_png(registration) if kind.words and version.get("on_site") else b""


def _facts(desk: Desk, version: dict[str, Any], message: Message) -> list[tuple[str, str]]:
    rows = [
        (_("Event"), version.get("title", "")),
        (_("When"), version.get("when", "")),
        (_("Where"), version.get("where", "")),
        (_("Event page"), absolute(version.get("url", ""))),
    ]
    if joining := _joining(desk, version, message):
        rows.append((_("How to join"), joining))
    if message.registration:
        rows.append((_("Your reference"), message.registration.reference))
    return [(label, value) for label, value in rows if value]


def _joining(desk: Desk, version: dict[str, Any], message: Message) -> str:
    """How to join, in the mails to somebody with a place from the time the organiser set; "" in others.

    With a time set each gets a mail of its own then: what confirms the place does not say it twice.
    """
    kind, since = mail_kinds()[message.kind], desk.joining_visible_from
    if kind.calendar != "REQUEST" or kind.name == "joining" or not _may_join(message.registration):
        return ""
    confirms = kind.words and kind.name != "reminder"
    if since is not None and (confirms or since > timezone.now()):
        return ""
    return str(version.get("joining", ""))


def absolute(path: str) -> str:
    """An address with the site's own host; never the one a request named."""
    return f"{site_url()}{path}" if path.startswith("/") else path
