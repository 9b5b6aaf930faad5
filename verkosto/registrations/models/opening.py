"""The one rule that decides whether a desk takes registrations, for an instance and for a query."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from verkosto.registrations.enums import EventStatus, Opening

if TYPE_CHECKING:
    from verkosto.registrations.models.desk import Desk


def opening_of(desk: "Desk", now: datetime | None = None) -> Opening:
    """Whether a visitor may register now, whether or not there are places left; and if not, why."""
    now = now or timezone.now()
    if desk.status == EventStatus.CANCELLED:
        return Opening.CANCELLED
    if not desk.is_open or not desk.has_page or (desk.closes_at and desk.closes_at <= now):
        return Opening.CLOSED
    if desk.opens_at and desk.opens_at > now:
        return Opening.NOT_YET
    return Opening.OPEN


def is_open(now: datetime | None = None) -> Q:
    """The condition on a desk that ``opening_of`` is ``Opening.OPEN``."""
    now = now or timezone.now()
    return (
        ~Q(status=EventStatus.CANCELLED)
        & Q(is_open=True, has_page=True)
        & (Q(closes_at__isnull=True) | Q(closes_at__gt=now))
        & (Q(opens_at__isnull=True) | Q(opens_at__lte=now))
    )
