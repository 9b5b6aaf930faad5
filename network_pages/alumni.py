"""Making the members of a round that is over members of an alumni network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from network_pages.member_links import notify_added
from network_pages.membership_terms import copied_membership
from network_pages.models import Membership, ProgrammeRoundPage
from network_pages.models.membership_querysets import by_address
from verkosto.core.users import SignedInUser


@dataclass(frozen=True)
class AlumniPlan:
    """Whom the members of a round would join: ``new`` have no membership of the network, ``known`` is how many have."""

    new: list[Membership]
    known: int


def finished_rounds() -> set[UUID]:
    """Return the translation keys of the rounds whose last day is over. One query."""
    rounds = ProgrammeRoundPage.objects.filter(ends_on__lt=timezone.localdate()).order_by()
    return set(rounds.values_list("translation_key", flat=True))


def plan_alumni(*, round_key: UUID, network_key: UUID) -> AlumniPlan:
    """Return who would become a member of a network. People who left the round do not. Change nothing. Two queries."""
    people = by_address(
        Membership.objects.filter(translation_key=round_key, left_at=None).order_by("-starts_on", "pk")
    )
    members = Membership.objects.filter(translation_key=network_key, email__in=people).not_ended()
    known = set(members.values_list("email", flat=True))
    return AlumniPlan([row for email, row in people.items() if email not in known], len(known))


@transaction.atomic
def add_alumni(*, round_key: UUID, network: Page, ends_on: date | None, user: SignedInUser) -> list[Membership]:
    """Make the members of a round members of a network from today, notify them, log their number, and return them."""
    plan = plan_alumni(round_key=round_key, network_key=network.translation_key)
    today = timezone.localdate()
    new = [
        copied_membership(row, translation_key=network.translation_key, starts_on=today, ends_on=ends_on)
        for row in plan.new
    ]
    Membership.objects.bulk_create(new, batch_size=500)
    notify_added(new)
    log(network, "network_pages.add_alumni", user=user, data={"count": len(new)})
    return new
