"""Composition of a mail from its row, for one person in their language."""

from dataclasses import dataclass, field, replace

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from verkosto.core.formats import format_deadline
from verkosto.core.icalendar import CANCEL, REQUEST
from verkosto.core.page_urls import absolute_url
from verkosto.core.sites import site_url
from verkosto.core.text import clean_line, clean_text, shorten, without_links
from verkosto.registrations import conf
from verkosto.registrations.facts import StoredVersion, location_for
from verkosto.registrations.mail.attachments import answers_of, calendar_files_of, calendar_method, may_join
from verkosto.registrations.mail.attendees import attendee_facts, attendee_names, default_texts
from verkosto.registrations.mail.calendar import CalendarFile
from verkosto.registrations.mail.check_in_codes import qr_png
from verkosto.registrations.mail.email_templates import closing_of, greeting_of, own_template
from verkosto.registrations.mail.kinds import MailKind, kind_of
from verkosto.registrations.mail.meetings import meeting_facts, meeting_label, meeting_note
from verkosto.registrations.mail.placeholders import as_html, fill, paragraphs
from verkosto.registrations.models import Desk, Message, Registration

SUBJECT_LENGTH = 250  # characters
PREHEADER_LENGTH = 140  # characters that inboxes show after the subject
CODE_ID = "check-in"  # the Content-ID of the check-in code (RFC 2392)


@dataclass(frozen=True)
class Fact:
    """A row of the table of facts; ``url`` makes the value a link."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Organiser:
    """The person whom recipients can contact: the page's first contact. Empty if the page has none."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @classmethod
    def of(cls, version: StoredVersion) -> "Organiser":
        """Return the organiser in a desk's texts in one language."""
        return cls(
            name=version.get("organiser", ""),
            email=version.get("organiser_email", ""),
            phone=version.get("organiser_phone", ""),
        )


@dataclass
class ComposedMail:
    """A mail ready to be sent."""

    subject: str
    parts: list[str]
    language: str
    # Rows of the table of facts.
    facts: list[Fact] = field(default_factory=list)
    # Paragraphs below the facts.
    event_text: list[str] = field(default_factory=list)
    # The personal link. It is separate from the text, which is stored: the link is not.
    link: str = ""
    link_label: str = ""
    link_note: str = ""
    # The link to decline, as personal as the other.
    decline_link: str = ""
    decline_label: str = ""
    # Personal links with their titles, if a mail has several. They are not stored either.
    links: list[tuple[str, str]] = field(default_factory=list)
    # Codes in the text that open something. They are removed from the text that is stored.
    secrets: tuple[str, ...] = ()
    # Texts that strangers may have written, in which nothing is made a link.
    unlinked: tuple[str, ...] = ()
    # Replies go to the organiser.
    organiser: Organiser = field(default_factory=Organiser)
    calendars: list[CalendarFile] = field(default_factory=list)
    # The check-in code as a picture.
    code: bytes = b""

    def text(self, *, with_link: bool = True) -> str:
        """Return the plain text part."""
        with translation.override(self.language):
            return render_to_string(
                "verkosto_registrations/mail/message.txt",
                {
                    "mail": self,
                    "site": conf.site_name(),
                    "link": self.link if with_link else _("(personal link)"),
                    "decline_link": self.decline_link if with_link else _("(personal link)"),
                },
            )

    def html(self, *, code_source: str = f"cid:{CODE_ID}") -> str:
        """Return the HTML part. ``code_source`` is where the picture of the check-in code is."""
        body = as_html(self.parts, unlinked=self.unlinked)
        with translation.override(self.language):
            return render_to_string(
                "verkosto_registrations/mail/message.html",
                {
                    "mail": self,
                    "body": body,
                    "preheader": shorten(clean_line(" ".join(self.parts[1:])), PREHEADER_LENGTH),
                    "event_text": as_html(self.event_text),
                    "link": self.link,
                    "site": conf.site_name(),
                    "site_url": site_url(),
                    "logo": conf.mail_logo(),
                    "code_source": code_source,
                },
            )


def compose(
    message: Message, *, link: str = "", decline_link: str = "", extra: dict[str, str] | None = None
) -> ComposedMail:
    """Compose the mail of a message in its language, with the facts as they are now.

    ``extra`` are values of placeholders that are not stored in the message, such as links.
    """
    desk = message.desk
    kind = kind_of(message.kind)
    with translation.override(message.language):
        left = _left_text(_left_desk(message), message.language)
        name = _name(message)
        values = {**_values(message), **(extra or {}), "name": name, "left": left}
        own = own_template(message)
        subject, body = (own.subject, own.body) if own else default_texts(kind, message.registration)
        version = desk.version(message.language) if desk else {}
        mail = ComposedMail(
            subject=shorten(clean_line(fill(subject, values)), SUBJECT_LENGTH),
            parts=[
                greeting_of(message, name, own, values),
                *paragraphs(clean_text(fill(body, values))),
                *closing_of(own, values),
                *_note_to_guest(message),
            ],
            language=message.language,
            facts=_facts(desk, version, message) if desk and kind.includes_facts else [],
            event_text=_event_text(desk, version) if desk and kind.includes_event_text else [],
            link=link if kind.link else "",
            link_label=str(kind.link),
            link_note=str(kind.link_note),
            decline_link=decline_link if kind.decline_link else "",
            decline_label=str(kind.decline_link),
            unlinked=tuple(filter(None, (name, attendee_names(message.registration, kind.name), *_persons(message)))),
            organiser=Organiser.of(version),
            code=_code(message, kind, version),
        )
        if desk and (method := calendar_method(message, kind, version)):
            mail.calendars = calendar_files_of(desk, message, version, method)
        return mail


def _event_text(desk: Desk, version: StoredVersion) -> list[str]:
    """Return the page's own text for mails, and how to decline single meetings of a series."""
    return [*paragraphs(clean_text(version.get("text_in_mail", ""))), *filter(None, [meeting_note(desk)])]


def _name(message: Message) -> str:
    """Return the recipient's name on one line, with nothing that becomes a link; "" when none is known."""
    if message.is_to_guest:
        name = message.context["guest_name"]
    else:
        name = message.registration.name if message.registration else message.context.get("name", "")
    return without_links(clean_line(name))


def _persons(message: Message) -> list[str]:
    """Return the names of further people in a mail, as registrants typed them."""
    return [str(message.context[key]) for key in ("giver", "receiver", "host") if key in message.context]


def _note_to_guest(message: Message) -> list[str]:
    """Return the paragraph that names who brings a guest, and has the personal link; none for others."""
    if not message.is_to_guest or kind_of(message.kind).calendar == CANCEL:
        return []
    note = _("%(host)s has registered you. If you cannot attend, or something is wrong, let them know.")
    return [note % {"host": message.context.get("host", "")}]


def _values(message: Message) -> dict[str, str]:
    registration, desk = message.registration, message.desk
    version = desk.version(message.language) if desk else {}
    values = {
        "title": version.get("title", ""),
        "when": version.get("when", ""),
        "where": location_for(version, answers_of(message)),
        "joining": version.get("joining", "") if may_join(registration) else "",
        "organiser": version.get("organiser", ""),
        "reference": registration.reference if registration else "",
        "places": str(registration.places) if registration else "",
        "deadline": _deadline(registration),
        "reason": "",
        "change": "",
        "meeting": meeting_label(message),
        "code": "",
    }
    return {**values, **{key: str(value) for key, value in message.context.items()}}


def _deadline(registration: Registration | None) -> str:
    if registration is None or registration.expires_at is None:
        return ""
    return format_deadline(registration.expires_at, registration.desk.timezone)


def _left_desk(message: Message) -> Desk | None:
    """Return the desk from which the registration was moved; None if it was not moved."""
    key = message.context.get("from_desk")
    return Desk.objects.filter(pk=key).first() if key else None


def _left_text(desk: Desk | None, language: str) -> str:
    """Return the sentence about the desk that the registration has left."""
    title = desk.version(language).get("title", "") if desk else ""
    return _("You are no longer registered for %(title)s.") % {"title": title} if title else ""


def _code(message: Message, kind: MailKind, version: StoredVersion) -> bytes:
    """Return the check-in code of somebody with a place at an event on site; b"" for others."""
    registration = message.registration
    if registration is None or not registration.pk or not may_join(registration):
        return b""
    return qr_png(message.guest or registration) if kind.includes_event_text and version.get("on_site") else b""


def _facts(desk: Desk, version: StoredVersion, message: Message) -> list[Fact]:
    rows = [
        Fact(_("Event"), version.get("title", ""), absolute_url(version.get("url", ""))),
        Fact(_("When"), version.get("when", "")),
        Fact(_("Where"), location_for(version, answers_of(message))),
    ]
    if joining := _joining(desk, version, message):
        rows.append(Fact(_("How to join"), joining))
    if kind_of(message.kind).includes_event_text or message.context.get("meeting_uid"):
        about = meeting_facts(desk, message.registration, message.language, guest=message.guest)
        rows += [Fact(*row) for row in about]
    if not message.is_to_guest:
        rows += [Fact(*row) for row in attendee_facts(message.registration, message.kind)]
    if owner := message.guest or message.registration:
        rows.append(Fact(_("Your reference"), owner.reference))
    return [replace(row, value=clean_text(row.value)) for row in rows if row.value]


def _joining(desk: Desk, version: StoredVersion, message: Message) -> str:
    """Return the joining instructions for a mail to somebody with a place; "" for none.

    If the organiser set a time for them, they are sent at that time in a mail of their own, and the confirmation leaves
    them out.
    """
    kind, since = kind_of(message.kind), desk.joining_visible_from
    if kind.calendar != REQUEST or kind.name == "joining" or not may_join(message.registration):
        return ""
    is_confirmation = kind.includes_event_text and kind.name != "reminder"
    if since is not None and (is_confirmation or since > timezone.now()):
        return ""
    return str(version.get("joining", ""))
