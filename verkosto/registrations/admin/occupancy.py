"""How many of a desk's places are taken, for gauges and lists."""

from dataclasses import dataclass
from typing import Protocol, cast

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from verkosto.registrations.domain.waiting_list import promotion_stop
from verkosto.registrations.enums import PoolKind, RegistrationStatus
from verkosto.registrations.models import Desk, HandoverRequest, Message, Pool, Registration


@dataclass(frozen=True, kw_only=True)
class Occupancy:
    """Taken and available places (not persons). A ``capacity`` of None means no limit."""

    taken: int
    capacity: int | None
    waiting: int = 0
    to_approve: int = 0
    # Requests to hand over a place.
    handovers: int = 0
    # Messages that could not be delivered.
    failed: int = 0

    @property
    def percent(self) -> int:
        """0–100; 0 without a limit."""
        if not self.capacity:
            return 100 if self.capacity == 0 else 0
        return min(100, round(100 * self.taken / self.capacity))

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def level(self) -> str:
        """ "open", "close" (90 % are taken) or "full": the look of the gauge."""
        if self.left == 0:
            return "full"
        return "close" if self.percent >= 90 else "open"


def with_occupancy(desks: models.QuerySet[Desk]) -> models.QuerySet[Desk]:
    """Return the desks with what ``occupancy_of`` needs, in a constant number of queries."""
    counted = Registration.objects.filter(desk=OuterRef("pk"), purged_at__isnull=True).order_by().values("desk")

    def number(status: str) -> Coalesce:
        return Coalesce(Subquery(counted.filter(status=status).annotate(n=Count("pk")).values("n")), 0)

    failed = Message.objects.failed().filter(desk=OuterRef("pk")).order_by().values("desk")
    asked = HandoverRequest.objects.filter(registration__desk=OuterRef("pk")).order_by().values("registration__desk")
    return desks.annotate(
        number_handovers=Coalesce(Subquery(asked.annotate(n=Count("pk")).values("n")), 0),
        number_failed=Coalesce(Subquery(failed.annotate(n=Count("pk")).values("n")), 0),
        number_waiting=number(RegistrationStatus.WAITING),
        number_to_approve=number(RegistrationStatus.AWAITING_APPROVAL),
    ).prefetch_related(
        Prefetch("pools", queryset=Pool.objects.filter(kind=PoolKind.DESK), to_attr="place_pools"),
    )


class DeskWithNumbers(Protocol):
    """A desk that comes from ``with_occupancy``."""

    place_pools: list[Pool]
    number_waiting: int
    number_to_approve: int
    number_handovers: int
    number_failed: int


def occupancy_of(desk: Desk) -> Occupancy:
    """Return the occupancy of a desk that comes from ``with_occupancy``."""
    counted = cast("DeskWithNumbers", desk)
    pool = counted.place_pools[0] if counted.place_pools else Pool(capacity=desk.capacity)
    return Occupancy(
        taken=pool.taken,
        capacity=pool.capacity,
        waiting=counted.number_waiting,
        to_approve=counted.number_to_approve,
        handovers=counted.number_handovers,
        failed=counted.number_failed,
    )


def why_free_places_stay_free(desk: Desk, occupancy: Occupancy) -> str:
    """Return why places are free although people wait; "" where none are, or nobody waits. At most one query."""
    if not occupancy.waiting or occupancy.left == 0:
        return ""
    stop = promotion_stop(desk)
    return str(stop.label) if stop else ""
