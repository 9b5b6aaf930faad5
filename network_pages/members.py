"""Members and the rest of the site: the check for members-only registration, and the registry of personal data."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from event_pages.models import NetworkLink
from network_pages.models import Membership
from network_pages.models.membership_querysets import MembershipQuerySet
from verkosto.registrations.models import Desk, Message

RETENTION_DAYS = 365


def is_member(desk: Desk, email: str) -> bool:
    """Return whether an address belongs to a current member of a page to which the registrable page of a desk belongs."""
    return members_of(desk).of_address(email).exists()


def members_of(desk: Desk) -> MembershipQuerySet:
    """Return the current memberships of the pages to which the registrable page of a desk belongs. One query.

    Those are the networks, groups and rounds above the page in the tree, and the networks that it or its series names.
    """
    page = Page.objects.filter(
        translation_key=desk.translation_key, locale__language_code=desk.original_language
    ).first()
    if page is None:
        return Membership.objects.none()
    path = page.get_ancestors(inclusive=True)
    linked = NetworkLink.objects.filter(page__in=path).values("network_page__translation_key")
    above = path.order_by().values("translation_key")
    return Membership.objects.current().filter(Q(translation_key__in=linked) | Q(translation_key__in=above))


def memberships_of(email: str) -> list[dict[str, object]]:
    """Return what is stored about an address, as JSON."""
    return [data_of(row) for row in Membership.objects.of_address(email).with_titles()]


def data_of(membership: Membership) -> dict[str, object]:
    """Return what is stored in a membership that carries its ``page_title``, as JSON."""
    return {
        "network": getattr(membership, "page_title", "") or "",
        "name": membership.name,
        "email": membership.email,
        "organisation": membership.organisation,
        "area": membership.area,
        "region": membership.region,
        "language": membership.language,
        "role": membership.role,
        "role_title": membership.role_title,
        "from": membership.starts_on.isoformat(),
        "until": membership.ends_on.isoformat() if membership.ends_on else None,
        "shown_to_other_members": membership.is_listed,
        "source": membership.source,
        "added": membership.created_at.isoformat(),
        "left": membership.left_at.isoformat() if membership.left_at else None,
    }


def erase_membership(membership: Membership) -> None:
    """Delete one membership, with its personal links and the mails about it."""
    Message.objects.filter(recipient=membership.email, context__membership=membership.pk).delete()
    membership.delete()


def erase_memberships(email: str) -> int:
    """Delete the memberships of an address, with their personal links, and return how many."""
    return Membership.objects.of_address(email).delete()[1].get(Membership._meta.label, 0)


def purge_memberships(now: datetime) -> int:
    """Erase memberships that ended longer ago than members are kept, and those of pages that are gone. Return how many."""
    limit = now - timedelta(days=retention_days())
    last = timezone.localdate(limit)
    over = Membership.objects.filter(Q(ends_on__lt=last) | Q(left_at__lt=limit))
    gone = Membership.objects.exclude(translation_key__in=Page.objects.order_by().values("translation_key"))
    return sum(rows.delete()[1].get(Membership._meta.label, 0) for rows in (over, gone))


def retention_days() -> int:
    """Return how long a membership is kept after its end (``MEMBERSHIP_RETENTION_DAYS``)."""
    return int(getattr(settings, "MEMBERSHIP_RETENTION_DAYS", RETENTION_DAYS))


def names_of_members(email: str) -> set[str]:
    """Return the names under which an address is a member."""
    return set(Membership.objects.of_address(email).values_list("name", flat=True))
