"""Plans of learning pairs as a store of personal data: which applications they hold. Plans are kept for a time only."""

from __future__ import annotations

from datetime import datetime

from network_pages.group_plans.personal_data import purge_plans_of
from network_pages.models import PairApplicant, PairPlan
from verkosto.registrations.models import Registration


def proposals_of(email: str) -> list[dict[str, object]]:
    """Return the pairs that were proposed for the applications of an address, as JSON."""
    rows = PairApplicant.objects.filter(registration__in=Registration.objects.of_address(email))
    return [
        {
            "organisation": row.registration.organisation if row.registration else "",
            "pair": row.number,
            "proposed": row.plan.created_at.isoformat(),
        }
        for row in rows.select_related("plan", "registration")
    ]


def erase_proposals(email: str) -> int:
    """Take the applications of an address out of all plans. Return how many, with those whose person is erased already."""
    rows = PairApplicant.objects.filter(registration__in=Registration.objects.of_address(email))
    erased = PairApplicant.objects.filter(registration__purged_at__isnull=False)
    return sum(each.delete()[1].get(PairApplicant._meta.label, 0) for each in (rows, erased))


def purge_plans(now: datetime) -> int:
    """Delete plans that were made longer ago than plans are kept, and those of rounds that are gone. Return how many."""
    return purge_plans_of(PairPlan, now)
