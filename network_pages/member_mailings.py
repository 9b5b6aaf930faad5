"""Emails by staff to the members of a network, small group or round."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from network_pages.enums import RecipientTerm
from network_pages.member_columns import term
from network_pages.member_links import ADDED, is_member, language_of, recipient_of, send_with_link
from network_pages.members import retention_days
from network_pages.membership_terms import RENEW_BEFORE
from network_pages.models import MemberMailing, Membership
from network_pages.models.member_mailing import MAILING_JOB
from network_pages.models.membership_querysets import MembershipQuerySet
from network_pages.permissions import Permission
from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.users import AnyUser, SignedInUser
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.mail.mailings import PORTION
from verkosto.registrations.mail.placeholders import fill
from verkosto.registrations.models import Desk, Job, Message
from verkosto.registrations.privacy.redaction import redacted

JOB = MAILING_JOB
CHANNEL = "member_mailing"
PLACEHOLDERS = ("name", "title", "role", "organisation", "term")
MAILING = MailKind(
    name="member_mailing",
    label=_("Message to members"),
    subject="{subject}",
    body="{body}",
    link=ADDED.link,
    link_note=ADDED.link_note,
    includes_facts=False,
    is_editable=False,
    still_applies=is_member,
)


class Selection(TypedDict):
    """Whom a mailing is for. An empty list selects every role or organisation."""

    term: str
    role: list[str]
    organisation: list[str]


def recipients(translation_key: UUID, selection: Selection, user: AnyUser | None) -> MembershipQuerySet:
    """Return the selected members of a page to whose members a user may write; one membership of each address."""
    if user is None:
        return Membership.objects.none()
    chosen = _in_term(translation_key, selection["term"]).visible_to(user, Permission.CHANGE)
    if roles := selection["role"]:
        chosen = chosen.filter(role__in=roles)
    if organisations := selection["organisation"]:
        chosen = chosen.filter(organisation__in=organisations)
    earlier = chosen.order_by().filter(email=OuterRef("email"), pk__lt=OuterRef("pk"))
    return chosen.filter(~Exists(earlier))


def _in_term(translation_key: UUID, chosen: str) -> MembershipQuerySet:
    members = Membership.objects.filter(translation_key=translation_key)
    today = timezone.localdate()
    match chosen:
        case RecipientTerm.ENDING:
            return members.current().filter(ends_on__lte=today + RENEW_BEFORE)
        case RecipientTerm.LATER:
            return members.not_ended().filter(starts_on__gt=today)
    return members.current()


@transaction.atomic
def send_to_members(
    *,
    key: UUID,
    translation_key: UUID,
    subjects: dict[str, str],
    bodies: dict[str, str],
    selection: Selection,
    user: SignedInUser,
) -> tuple[MemberMailing, bool]:
    """Store a mailing and start the job that writes its mails. Return it, and whether it is new: one form sends once."""
    mailing, is_new = MemberMailing.objects.get_or_create(
        key=key,
        defaults={
            "translation_key": translation_key,
            "subjects": subjects,
            "bodies": bodies,
            "selection": selection,
            "created_by": user,
        },
    )
    if is_new:
        mailing.recipients = recipients(translation_key, selection, user).count()
        mailing.save(update_fields=["recipients"])
        engine.start(Job(kind=JOB, user=user, parameters={"mailing": mailing.pk}, total=mailing.recipients))
    return mailing, is_new


def write_messages(job: Job) -> dict[str, object]:
    """Do the job: one message to each recipient who has none of this mailing yet."""
    mailing = MemberMailing.objects.select_related("created_by").get(pk=job.parameters["mailing"])
    position = job.done
    while portion := _write_portion(job=job, mailing=mailing, position=position):
        position += portion
    return {"written": position}


@in_transaction
def _write_portion(*, job: Job, mailing: MemberMailing, position: int) -> int:
    reached = Message.objects.filter(mailing_key=mailing.key).values("recipient")
    left = recipients(mailing.translation_key, mailing.selection, mailing.created_by).exclude(email__in=reached)
    portion = list(left.order_by("pk")[:PORTION])
    if portion:
        engine.advance(job, position, len(portion))
        desk = Desk.objects.filter(translation_key=mailing.translation_key).first()
        outbox.write_rows([_message(mailing, membership, desk) for membership in portion])
    return len(portion)


def _message(mailing: MemberMailing, membership: Membership, desk: Desk | None) -> Message:
    return Message(
        kind=MAILING.name,
        channel=CHANNEL,
        desk=desk,
        recipient=membership.email,
        language=language_of(membership),
        mailing_key=mailing.key,
        context={"membership": membership.pk, "mailing": mailing.pk},
    )


def deliver_mailing(message: Message) -> bool:
    """Send a mail of a mailing with a new personal link. False if the member has left or the text has been erased."""
    membership = recipient_of(message)
    mailing = MemberMailing.objects.filter(pk=message.context.get("mailing")).first()
    if membership is None or mailing is None or not mailing.subjects:
        return False
    title = str(getattr(membership, "page_title", "") or "")
    text = text_for(membership, mailing.subjects, mailing.bodies, language=message.language, title=title)
    send_with_link(message, membership, text)
    return True


def text_for(
    membership: Membership, subjects: dict[str, str], bodies: dict[str, str], *, language: str, title: str
) -> dict[str, str]:
    """Return subject and body to one member, in a language where they are written in it, placeholders filled in."""
    written = language if language in subjects else next(iter(subjects))
    with override(language):
        values = {
            "name": membership.name,
            "title": title,
            "role": membership.role_name,
            "organisation": membership.organisation,
            "term": term(membership),
        }
    return {"subject": fill(subjects[written], values), "body": fill(bodies[written], values)}


def redact_mailings(names: Sequence[str]) -> int:
    """Remove an address and names from the texts that staff wrote. Return from how many mailings."""
    changed = 0
    for mailing in MemberMailing.objects.iterator(chunk_size=500):
        before = {"subjects": mailing.subjects, "bodies": mailing.bodies}
        after = {name: redacted(value, names) for name, value in before.items()}
        if after != before:
            MemberMailing.objects.filter(pk=mailing.pk).update(**after)
            changed += 1
    return changed


def purge_mailings(now: datetime) -> int:
    """Delete mailings that are older than members are kept after their end. Return how many."""
    old = MemberMailing.objects.filter(created_at__lt=now - timedelta(days=retention_days()))
    return old.delete()[1].get(MemberMailing._meta.label, 0)
