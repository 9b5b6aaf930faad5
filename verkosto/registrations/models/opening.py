"""The rules that decide whether a desk takes registrations, and whether it gives free places to its waiting list."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from verkosto.registrations.enums import EventStatus, Opening, PromotionStop

if TYPE_CHECKING:
    from verkosto.registrations.models.desk import Desk


def opening_of(desk: "Desk", now: datetime | None = None) -> Opening:
    """Return whether a visitor may register now, whether or not there are places left; and if not, why."""
    now = now or timezone.now()
    if desk.status == EventStatus.CANCELLED:
        return Opening.CANCELLED
    if not desk.is_open or not desk.has_page or is_over_at(desk, now) or (desk.closes_at and desk.closes_at <= now):
        return Opening.CLOSED
    if desk.opens_at and desk.opens_at > now:
        return Opening.NOT_YET
    return Opening.OPEN


def is_open(now: datetime | None = None) -> Q:
    """Return the condition on a desk that ``opening_of`` returns ``Opening.OPEN``."""
    now = now or timezone.now()
    return (
        ~Q(status=EventStatus.CANCELLED)
        & Q(is_open=True, has_page=True)
        & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        & (Q(closes_at__isnull=True) | Q(closes_at__gt=now))
        & (Q(opens_at__isnull=True) | Q(opens_at__lte=now))
    )


def is_over_at(desk: "Desk", now: datetime) -> bool:
    """Return whether the desk's event has ended; False if no date is known."""
    return desk.ends_at is not None and desk.ends_at <= now


def promotion_stop_of(desk: "Desk", now: datetime | None = None) -> PromotionStop | None:
    """Return why free places are not given to the waiting list automatically, as far as the desk's row says, or None.

    ``waiting_list.promotion_stop`` adds what the desk does not know: whether its page is private.
    """
    now = now or timezone.now()
    reasons = {
        PromotionStop.CANCELLED: desk.status == EventStatus.CANCELLED,
        PromotionStop.OVER: is_over_at(desk, now),
        PromotionStop.STARTED: desk.starts_at is not None and desk.starts_at <= now,
        PromotionStop.POSTPONED: desk.status == EventStatus.POSTPONED and desk.starts_at is None,
        PromotionStop.NOT_PUBLIC: not desk.has_page,
        PromotionStop.SWITCHED_OFF: not desk.is_open,
    }
    return next((stop for stop, holds in reasons.items() if holds), None)
