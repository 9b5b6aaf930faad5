"""The waiting list: a freed place goes to the first person that it fits."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import claim, lock, lock_registration, pool_names, release
from verkosto.registrations.domain.history import User
from verkosto.registrations.domain.transitions import apply
from verkosto.registrations.enums import Action, EventStatus, PoolKind, Promotion, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.models import Desk, Pool, Question, Registration


def promote(desk: Desk) -> list[Registration]:
    """Give free places to the first on the waiting list that they fit. The desk must be locked. Return who got one.

    Nobody gets a place at an event that is cancelled or over.
    """
    if desk.status == EventStatus.CANCELLED or (desk.ends_at and desk.ends_at <= timezone.now()):
        return []
    pools = {pool.kind: pool for pool in desk.pools.filter(kind__in=[PoolKind.DESK, PoolKind.WAITING])}
    desk_pool, waiting_pool = pools[PoolKind.DESK], pools[PoolKind.WAITING]
    if desk_pool.is_full or not waiting_pool.taken:
        return []
    questions = list(Question.objects.filter(desk=desk))
    promoted = []
    for registration in desk.registrations.on_waiting_list().iterator(chunk_size=200):
        registration.desk = desk
        if desk_pool.left is not None and desk_pool.left < 1:
            break
        if desk_pool.left is not None and registration.places > desk_pool.left:
            continue
        if promote_one(registration, questions):
            desk_pool.taken += registration.places
            promoted.append(registration)
    return promoted


def promote_one(registration: Registration, questions: list[Question]) -> bool:
    """Give a waiting person a place, or the offer of one; False when it does not fit. The desk must be locked."""
    desk = registration.desk
    if claim(registration, pool_names(registration, questions)):
        return False
    Pool.objects.filter(desk=desk, kind=PoolKind.WAITING).update(taken=F("taken") - 1)
    if desk.promotion == Promotion.OFFER:
        registration.expires_at = _deadline(desk)
        apply(registration, Action.OFFER, RegistrationStatus.WAITING)
    else:
        apply(registration, Action.PROMOTE, RegistrationStatus.CONFIRMED)
    return True


def _deadline(desk: Desk) -> datetime:
    """Return when an offer expires: after the hours that the editor set, at the latest when the event starts."""
    now = timezone.now()
    deadline = now + timedelta(hours=desk.offer_hours)
    return min(deadline, desk.starts_at) if desk.starts_at and desk.starts_at > now else deadline


@in_transaction
def accept_offer(*, registration: Registration, user: User = None) -> Registration:
    """Confirm the place that was offered. Raises NotPossible when the offer has expired."""
    registration = lock_registration(registration)
    if not registration.has_offer:
        raise NotPossible
    apply(registration, Action.ACCEPT_OFFER, RegistrationStatus.CONFIRMED, user=user)
    return registration


@in_transaction
def expire_held_places(*, desk: Desk) -> int:
    """Free places whose time to confirm or accept is over, and promote. Return how many registrations expired."""
    lock(desk)
    expired = list(desk.registrations.past_deadline(timezone.now()))
    for registration in expired:
        registration.desk = desk
        offer = registration.has_offer
        release(registration)
        action = Action.EXPIRE_OFFER if offer else Action.EXPIRE_UNCONFIRMED
        # An address that was never confirmed may be somebody else's: a stranger caused this mail too.
        apply(registration, action, RegistrationStatus.EXPIRED, anonymous=not offer)
    if expired:
        promote(desk)
    return len(expired)
