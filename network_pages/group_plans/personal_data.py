"""Plans of small groups as a store of personal data: who was proposed for which group. Plans are kept for a time only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

from network_pages.models import GroupPlacement, GroupPlan, Membership
from network_pages.models.plan import AbstractPlan

RETENTION_DAYS: Final = 90


def proposals_of(email: str) -> list[dict[str, object]]:
    """Return the groups for which an address was proposed, as JSON."""
    rows = GroupPlacement.objects.of_address(email)
    return [_data_of(row) for row in rows.select_related("plan", "group")]


def proposals_for(membership: Membership) -> list[dict[str, object]]:
    """Return the groups for which one membership was proposed, as JSON."""
    return [_data_of(row) for row in membership.placements.select_related("plan", "group")]


def erase_proposals(email: str) -> int:
    """Take an address out of all plans. Return of how many, with applicants who are erased already."""
    erased = GroupPlacement.objects.filter(registration__purged_at__isnull=False)
    rows = (GroupPlacement.objects.of_address(email), erased)
    return sum(each.delete()[1].get(GroupPlacement._meta.label, 0) for each in rows)


def purge_plans(now: datetime) -> int:
    """Delete plans that were made longer ago than plans are kept, and those of networks that are gone. Return how many."""
    return purge_plans_of(GroupPlan, now)


def purge_plans_of(model: type[AbstractPlan], now: datetime) -> int:
    """Delete the plans of a model that are older than plans are kept, or whose page is gone. Return how many."""
    old = Q(created_at__lt=now - timedelta(days=retention_days()))
    pages = Page.objects.order_by().values("translation_key")
    rows = model._default_manager.filter(old | ~Q(translation_key__in=pages))
    return rows.delete()[1].get(model._meta.label, 0)


def retention_days() -> int:
    """Return how long a plan is kept after it was made (``GROUP_PLAN_RETENTION_DAYS``)."""
    return int(getattr(settings, "GROUP_PLAN_RETENTION_DAYS", RETENTION_DAYS))


def _data_of(row: GroupPlacement) -> dict[str, object]:
    return {"group": row.group.name if row.group else None, "proposed": row.plan.created_at.isoformat()}
