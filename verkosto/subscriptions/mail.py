"""The emails to followers: the one that asks to confirm, and the one with what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from wagtail.models import Page

from verkosto.core.followed_content import followed_page_kinds, page_url
from verkosto.core.text import clean_line
from verkosto.core.view_restrictions import public_q
from verkosto.registrations.mail.compose import Fact, compose
from verkosto.registrations.mail.email import as_email, send_mail
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.models import Message
from verkosto.subscriptions.digests import DIGEST
from verkosto.subscriptions.follows import REQUEST, find_targets
from verkosto.subscriptions.models import Follower
from verkosto.subscriptions.personal_links import confirm_link, personal_link, unsubscribe_link, waiting_requests


def is_waiting(message: Message) -> bool:
    """Return whether a request can still be confirmed."""
    return waiting_requests().filter(pk=message.context.get("request")).exists()


def still_follows(message: Message) -> bool:
    """Return whether the recipient has not ended everything."""
    return Follower.objects.filter(pk=message.context.get("follower"), email=message.recipient).exists()


REQUEST_KIND = MailKind(
    name=REQUEST,
    label=_("Follow by email: please confirm"),
    subject=_("Confirm that you want to follow {title}"),
    body=_(
        "Somebody, probably you, asked for emails about what is new in {title}.\n\n"
        "Open the link below and confirm. You will get no emails before that. If you did not ask for this, you need not "
        "do anything: your address is deleted after a week."
    ),
    link=_("Confirm"),
    link_note="",
    includes_facts=False,
    is_editable=False,
    is_repeatable=True,
    still_applies=is_waiting,
)
DIGEST_KIND = MailKind(
    name=DIGEST,
    label=_("Follow by email: what is new"),
    subject=_("New: {title}"),
    body=_("This is new in what you follow:"),
    link=_("Change or end what you follow"),
    link_note=_("The link is personal. Anyone who has it can change what you follow."),
    includes_facts=False,
    is_editable=False,
    still_applies=still_follows,
)


@dataclass(frozen=True)
class Item:
    """A page in a digest: what it is called, such as “New event”, its title with a line about it, and its address."""

    label: str
    title: str
    line: str
    url: str


def deliver_request(message: Message) -> bool:
    """Send the link that confirms a request. False for one that is confirmed, too old, or for something that is gone."""
    request = waiting_requests().filter(pk=message.context.get("request"), email=message.recipient).first()
    targets = find_targets([(request.kind, request.key)], request.language) if request else []
    if request is None or not targets:
        return False
    title = clean_line(targets[0].link.title)
    composed = compose(message, link=confirm_link(request), extra={"title": title})
    message.subject, message.text = composed.subject, composed.text(with_link=False)
    send_mail(as_email(composed, message))
    return True


def deliver_digest(message: Message) -> bool:
    """Send what is new. False for somebody who has ended everything, and when none of the pages is public any more."""
    followers = Follower.objects.filter(pk=message.context.get("follower"), email=message.recipient)
    follower = followers.prefetch_related("follows").first()
    if follower is None:
        return False
    with override(message.language):
        items = list(items_of(message))
        if not items:
            return False
        composed = compose(message, link=personal_link(follower, message.language), extra={"title": _heading(items)})
        composed.facts = [Fact(item.label, _line(item), item.url) for item in items]
        composed.event_text = _reason(follower, message.language)
    message.subject, message.text = composed.subject, composed.text(with_link=False)
    send_mail(with_one_click(as_email(composed, message), follower))
    return True


def items_of(message: Message) -> Iterator[Item]:
    """Yield the pages of a digest that are still public and worth writing about, by kind, in its language.

    One query for each kind of page.
    """
    pages: dict[str, bool] = message.context.get("pages", {})
    for kind in followed_page_kinds():
        public: Iterable[Page] = kind.prepare(kind.model._default_manager.live().filter(public_q(), pk__in=pages))
        for page in sorted(public, key=lambda page: list(pages).index(str(page.pk))):
            is_new = pages[str(page.pk)]
            if kind.is_current(page):
                label = str(kind.new if is_new else kind.changed)
                yield Item(label, clean_line(page.title), clean_line(kind.line(page)), page_url(page))


def with_one_click(email: EmailMessage, follower: Follower) -> EmailMessage:
    """Add the headers with which a mail program ends everything at one click (RFC 2369 §3.2, RFC 8058 §3.1)."""
    email.extra_headers |= {
        "List-Unsubscribe": f"<{unsubscribe_link(follower)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return email


def _heading(items: list[Item]) -> str:
    """Return the first title, and how many there are besides."""
    others = len(items) - 1
    if not others:
        return items[0].title
    text = ngettext("%(title)s and %(count)s other", "%(title)s and %(count)s others", others)
    return text % {"title": items[0].title, "count": others}


def _line(item: Item) -> str:
    return f"{item.title} – {item.line}" if item.line else item.title


def _reason(follower: Follower, language: str) -> list[str]:
    """Return the paragraph that says why somebody gets the email."""
    targets = find_targets([(follow.kind, follow.key) for follow in follower.follows.all()], language)
    names = ", ".join(clean_line(target.link.title) for target in targets)
    return [str(_("You get this email because you follow: %(names)s.")) % {"names": names}] if names else []
