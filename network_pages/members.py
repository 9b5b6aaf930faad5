"""Who may register where only members may, and what is kept about them."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page

from event_pages.models import NetworkLink
from registrations.models import Desk

from .models import Member, NetworkPage


def is_member(desk: Desk, email: str) -> bool:
    """Whether an address is a member's of a network whose event (or group, or series) takes the registration."""
    page = Page.objects.filter(
        translation_key=desk.translation_key, locale__language_code=desk.original_language
    ).first()
    if page is None:
        return False
    # The networks above the page, and those that it or its series names.
    line = page.get_ancestors(inclusive=True)
    linked = NetworkLink.objects.filter(page__in=line).values("network_page__translation_key")
    above = NetworkPage.objects.filter(pk__in=line.values("pk")).values("translation_key")
    return (
        Member.objects.filter(email__lower=email.lower())
        .filter(Q(network__translation_key__in=linked) | Q(network__translation_key__in=above))
        .exists()
    )


def memberships_of(email: str) -> list[dict[str, Any]]:
    """What is kept about an address, as JSON."""
    rows = Member.objects.filter(email__lower=email.lower()).select_related("network", "organisation")
    return [
        {
            "network": row.network.title,
            "name": row.name,
            "organisation": str(row.organisation or ""),
            "added": row.created_at.isoformat(),
        }
        for row in rows
    ]


def forget(email: str) -> int:
    """Erase an address from every network. Returns from how many."""
    return Member.objects.filter(email__lower=email.lower()).delete()[0]
