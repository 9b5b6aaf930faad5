"""The waiting list: who moves up when a place comes free."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from verkosto.core.transactions import in_transaction
from verkosto.registrations.domain.capacity import Kind, claim, lock, pool_names, release
from verkosto.registrations.domain.history import Actor, record
from verkosto.registrations.enums import Promotion, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, Pool, Question, Registration

Status = RegistrationStatus


def promote(desk: Desk) -> list[Registration]:
    """Give free places to the first in line that they fit. The desk must be locked. Returns who moved up.

    Nobody gets a place at an event that is cancelled or over.
    """
    if desk.status == "cancelled" or (desk.ends_at and desk.ends_at <= timezone.now()):
        return []
    pools = {pool.kind: pool for pool in desk.pools.filter(kind__in=[Kind.DESK, Kind.WAITING])}
    desk_pool, waiting_pool = pools[Kind.DESK], pools[Kind.WAITING]
    if desk_pool.is_full or not waiting_pool.taken:
        return []
    questions = list(Question.objects.filter(desk=desk))
    moved = []
    for registration in desk.registrations.on_waiting_list().iterator(chunk_size=200):
        registration.desk = desk
        if desk_pool.left is not None and desk_pool.left < 1:
            break
        if desk_pool.left is not None and registration.places > desk_pool.left:
            continue
        if promote_one(registration, questions):
            desk_pool.taken += registration.places
            moved.append(registration)
    return moved


def promote_one(registration: Registration, questions: list[Question]) -> bool:
    """Give a waiting person a place, or the offer of one; False when it does not fit. The desk must be locked."""
    desk = registration.desk
    if claim(registration, pool_names(registration, questions)):
        return False
    Pool.objects.filter(desk=desk, kind=Kind.WAITING).update(taken=F("taken") - 1)
    offered = desk.promotion == Promotion.OFFER
    if offered:
        registration.expires_at = _deadline(desk)
    else:
        registration.status = Status.CONFIRMED
    registration.save(update_fields=["status", "holds_place", "claims", "expires_at", "updated_at"])
    record(registration, "offered" if offered else "promoted", before=Status.WAITING)
    outbox.write("offered" if offered else "promoted", registration=registration)
    return True


def _deadline(desk: Desk) -> datetime:
    """Until when an offer stands: the hours that the editor set, and not into the event."""
    now = timezone.now()
    deadline = now + timedelta(hours=desk.offer_hours)
    return min(deadline, desk.starts_at) if desk.starts_at and desk.starts_at > now else deadline


@in_transaction
def accept_offer(*, registration: Registration, user: object = None) -> Registration:
    """Turn an offered place into a confirmed one. Raises NotPossible when the offer has lapsed."""
    registration = lock_registration(registration)
    if not registration.has_offer:
        raise NotPossible
    registration.status, registration.expires_at = Status.CONFIRMED, None
    registration.save(update_fields=["status", "expires_at", "updated_at"])
    record(registration, "offer_accepted", before=Status.WAITING, actor=Actor.REGISTRANT, user=user)
    outbox.write("confirmed", registration=registration)
    return registration


@in_transaction
def expire_held_places(*, desk: Desk) -> int:
    """Free places whose time to confirm or accept ran out, and promote. Returns how many lapsed."""
    lock(desk)
    lapsed = list(desk.registrations.past_deadline(timezone.now()))
    for registration in lapsed:
        registration.desk = desk
        before = registration.status
        offer = registration.has_offer
        release(registration)
        registration.status, registration.expires_at = Status.EXPIRED, None
        registration.save(update_fields=["status", "holds_place", "claims", "expires_at", "updated_at"])
        record(registration, "offer_lapsed" if offer else "not_confirmed", before=before)
        # Who never confirmed may know nothing of it: a stranger caused this mail too.
        outbox.write("offer_lapsed" if offer else "not_confirmed", registration=registration, anonymous=not offer)
    if lapsed:
        promote(desk)
    return len(lapsed)


def lock_registration(registration: Registration) -> Registration:
    """The registration as it is now, with its desk locked. Every change begins with it."""
    desk = Desk.objects.get(pk=registration.desk_id)
    lock(desk)
    fresh = Registration.objects.get(pk=registration.pk)
    if fresh.desk_id != desk.pk:
        # It was moved to another desk meanwhile.
        return lock_registration(fresh)
    fresh.desk = desk
    return fresh
