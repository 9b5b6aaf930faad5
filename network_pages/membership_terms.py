"""How a membership goes on or ends."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network_pages.enums import MemberRole, MemberSource
from network_pages.member_links import notify_added
from network_pages.member_pages import version_of
from network_pages.models import Membership
from verkosto.registrations.enums import Eligibility
from verkosto.registrations.models import Registration

#: How long before the last day, and how long after it, a member may renew.
RENEW_BEFORE = timedelta(days=60)
RENEW_AFTER = timedelta(days=90)


def may_renew(membership: Membership) -> bool:
    """Return whether the term of a membership is about to end or has just ended."""
    if membership.left_at or membership.ends_on is None:
        return False
    today = timezone.localdate()
    return membership.ends_on - RENEW_BEFORE <= today <= membership.ends_on + RENEW_AFTER


@transaction.atomic
def renew(membership: Membership) -> bool:
    """Let a membership go on for a year from its last day. Return False where it may not be renewed."""
    last = membership.ends_on
    if last is None or not may_renew(membership):
        return False
    until = _year_after(last)
    same = Membership.objects.filter(translation_key=membership.translation_key, email=membership.email)
    if same.overlapping(last + timedelta(days=1), until).exclude(pk=membership.pk).exists():
        return False
    # Only from the day that was seen: a second click renews nothing more.
    return bool(Membership.objects.filter(pk=membership.pk, ends_on=last, left_at=None).update(ends_on=until))


def leave(membership: Membership) -> None:
    """End a membership at once, as its person wishes."""
    Membership.objects.filter(pk=membership.pk, left_at=None).update(left_at=timezone.now())


def join_by_registration(registration: Registration) -> Membership | None:
    """Make a member of who got a place at the desk of a network, group or round itself. None for others and for members.

    The membership of a round ends with the round. Stored in the running transaction, with the place.
    """
    key = registration.desk.translation_key
    page: Any = version_of(key) if registration.email else None
    if page is None or Membership.objects.filter(translation_key=key).of_address(registration.email).not_ended():
        return None
    today = timezone.localdate()
    last = getattr(page, "ends_on", None)
    invited = registration.desk.eligibility == Eligibility.INVITED
    membership = Membership.objects.create(
        translation_key=key,
        name=registration.name,
        email=registration.email,
        organisation=registration.organisation[:200],
        language=registration.language,
        ends_on=last if last and last >= today else None,
        source=MemberSource.INVITATION if invited else MemberSource.APPLICATION,
    )
    notify_added([membership])
    return membership


def copied_membership(
    person: Membership, *, translation_key: UUID | None, starts_on: date, ends_on: date | None
) -> Membership:
    """Return an unsaved membership of another page with a person's details, in the role of a member.

    Whether the others see them, each decides anew. Without a key nothing is stored: a preview, before there is a page.
    """
    shared = ("name", "email", "organisation", "area", "region", "language")
    return Membership(
        **{name: getattr(person, name) for name in shared},
        **({"translation_key": translation_key} if translation_key else {}),
        role=MemberRole.MEMBER,
        starts_on=starts_on,
        ends_on=ends_on,
        source=MemberSource.STAFF,
    )


def _year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
