"""Personal links to memberships, and the mail that brings one. A link is shown once and stored as a SHA-256."""

import secrets
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from network_pages.member_pages import version_of
from network_pages.models import Membership, MembershipToken
from verkosto.core.originals import get_original
from verkosto.core.page_urls import absolute_url
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.compose import Organiser, compose
from verkosto.registrations.mail.email import as_email, send_mail
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.personal_links import MAX_LINKS
from verkosto.registrations.models import Desk, Message
from verkosto.registrations.sync.desk import organiser_data
from verkosto.registrations.tokens import digest

CHANNEL = "membership"


def is_member(message: Message) -> bool:
    """Return whether the person has not left, been erased or reached the end of the term meanwhile."""
    return Membership.objects.not_ended().filter(pk=message.context.get("membership")).exists()


ADDED = MailKind(
    name="member_added",
    label=_("New member"),
    subject=_("You are now a member: {title}"),
    body=_(
        "You are now a member of {title}.\n\n"
        "The link below opens your own page. There you can check and correct your details, choose whether the other "
        "members see them, and leave. If you have been added by mistake, leave or erase your data there."
    ),
    link=_("Open your membership"),
    link_note=_("The link is personal. Anyone who has it can view and change your membership."),
    includes_facts=False,
    is_editable=False,
    still_applies=is_member,
)


def issue_token(membership: Membership) -> str:
    """Store and return a new token of 43 characters. It can be read only here."""
    token = secrets.token_urlsafe(32)
    MembershipToken.objects.create(digest=digest(token), membership=membership)
    return token


def find_token(token: str) -> MembershipToken | None:
    """Return the row of a token; None for an unknown or altered one."""
    return MembershipToken.objects.select_related("membership").filter(digest=digest(token)).first()


def notify_added(memberships: Sequence[Membership]) -> None:
    """Write one mail to each new member, in the running transaction. Two queries and one for each 500 members."""
    keys = {membership.translation_key for membership in memberships}
    desks = dict(Desk.objects.filter(translation_key__in=keys).values_list("translation_key", "pk"))
    outbox.write_rows(
        [
            Message(
                kind=ADDED.name,
                channel=CHANNEL,
                desk_id=desks.get(membership.translation_key),
                recipient=membership.email,
                language=language_of(membership),
                context={"membership": membership.pk},
            )
            for membership in memberships
        ]
    )


def deliver_to_member(message: Message) -> bool:
    """Send a message with a new personal link. False for somebody who is no longer a member: nothing is sent."""
    membership = recipient_of(message)
    if membership is None:
        return False
    send_with_link(message, membership, {})
    return True


def recipient_of(message: Message) -> Membership | None:
    """Return the membership that a message is about, with its ``page_title``; None when it has ended."""
    with translation.override(message.language):
        return Membership.objects.not_ended().with_titles().filter(pk=message.context.get("membership")).first()


def personal_link(membership: Membership, language: str) -> str:
    """Return a new personal link to a membership. It exists only in the mail that it is put in."""
    with translation.override(language):
        return absolute_url(reverse("verkosto_networks:enter", args=[issue_token(membership)]))


def send_with_link(message: Message, membership: Membership, extra: dict[str, str]) -> None:
    """Send a message with a new personal link to a membership that carries its ``page_title``."""
    link = personal_link(membership, message.language)
    # For the greeting, which is kept in no context.
    message.context = {**message.context, "name": membership.name}
    title = str(getattr(membership, "page_title", "") or "")
    composed = compose(message, link=link, extra={"title": title, **extra})
    if not composed.organiser.email:
        composed.organiser = organiser_of(membership, message.language)
    message.subject, message.text = composed.subject, composed.text(with_link=False)
    send_mail(as_email(composed, message))


def organiser_of(membership: Membership, language: str) -> Organiser:
    """Return whom a member can answer: the first contact of their page in a language, or of a page above it."""
    with translation.override(language):
        page = version_of(membership.translation_key)
    if page is None:
        return Organiser()
    contact = organiser_data(page, get_original(page) or page)
    return Organiser(name=contact["organiser"], email=contact["organiser_email"], phone=contact["organiser_phone"])


def language_of(membership: Membership) -> str:
    """Return the language of mails to a member."""
    return membership.language or settings.LANGUAGE_CODE


def links_of_member(email: str, language: str) -> list[tuple[str, str]]:
    """Return (title of the page, new personal link) of the memberships of an address that have not ended."""
    with translation.override(language):
        rows = list(
            Membership.objects.not_ended().of_address(email).with_titles().order_by("-starts_on", "-pk")[:MAX_LINKS]
        )
    return [(str(getattr(row, "page_title", "") or ""), personal_link(row, language)) for row in rows]
