"""Who is a member of which network: the check for members-only registration, and the data subject's view of it."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page

from event_pages.models import NetworkLink
from network_pages.models import Member, NetworkPage
from verkosto.registrations.models import Desk


def is_member(desk: Desk, email: str) -> bool:
    """Return whether an address belongs to a member of a network to which the registrable page of a desk belongs."""
    page = Page.objects.filter(
        translation_key=desk.translation_key, locale__language_code=desk.original_language
    ).first()
    if page is None:
        return False
    # The networks above the page in the tree, and those that it or its series names.
    path = page.get_ancestors(inclusive=True)
    linked = NetworkLink.objects.filter(page__in=path).values("network_page__translation_key")
    above = NetworkPage.objects.filter(pk__in=path.values("pk")).values("translation_key")
    return (
        Member.objects.filter(email=email)
        .filter(Q(network__translation_key__in=linked) | Q(network__translation_key__in=above))
        .exists()
    )


def memberships_of(email: str) -> list[dict[str, Any]]:
    """Return what is stored about an address, as JSON."""
    rows = Member.objects.filter(email=email).select_related("network", "organisation")
    return [
        {
            "network": row.network.title,
            "name": row.name,
            "organisation": str(row.organisation or ""),
            "added": row.created_at.isoformat(),
        }
        for row in rows
    ]


def erase_memberships(email: str) -> int:
    """Delete an address from every network and return from how many."""
    return Member.objects.filter(email=email).delete()[0]


def names_of_members(email: str) -> set[str]:
    """Return the names under which an address is a member."""
    return set(Member.objects.filter(email=email).values_list("name", flat=True))
