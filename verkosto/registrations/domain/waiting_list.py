"""The waiting list: a freed place goes to the first person that it fits."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from verkosto.core.content_cache import content_changed
from verkosto.core.transactions import in_transaction, send_after_commit
from verkosto.core.view_restrictions import is_path_private
from verkosto.registrations.domain.capacity import claim, lock, lock_registration, pool_names, release
from verkosto.registrations.domain.history import User, record
from verkosto.registrations.domain.meetings import promote_at_meetings, somebody_waits_for_meeting
from verkosto.registrations.domain.transitions import apply, check_possible
from verkosto.registrations.enums import Action, HistoryEvent, PoolKind, Promotion, PromotionStop, RegistrationStatus
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.models import Desk, Pool, Question, Registration
from verkosto.registrations.models.opening import promotion_stop_of
from verkosto.registrations.signals import place_freed


def promotion_stop(desk: Desk) -> PromotionStop | None:
    """Return why free places are not given to the waiting list automatically now; None if they are. At most one query."""
    return promotion_stop_of(desk) or (PromotionStop.PRIVATE if is_path_private(desk.tree_path) else None)


def promote(desk: Desk) -> list[Registration]:
    """Give free places to the first on the waiting list for whom they are enough. Return who got one.

    Free places at single meetings of a series go to those on the waiting lists of these. The desk must be locked. Nobody
    gets one while ``promotion_stop`` returns a reason; staff can still give them.
    """
    promoted = _promote_waiting(desk)
    promote_for_meetings(desk)
    return promoted


def promote_for_meetings(desk: Desk) -> None:
    """Give free places at the meetings of a series to their waiting lists, also after its first meeting has begun.

    The desk must be locked.
    """
    if somebody_waits_for_meeting(desk) and promotion_stop(desk) in (None, PromotionStop.STARTED):
        promote_at_meetings(desk)


def _promote_waiting(desk: Desk) -> list[Registration]:
    counted = desk.pools.filter(kind__in=[PoolKind.DESK, PoolKind.WAITING, PoolKind.OTHERS])
    pools = {pool.kind: pool for pool in counted}
    desk_pool, waiting_pool = pools[PoolKind.DESK], pools[PoolKind.WAITING]
    # A desk that keeps no places for members has no pool for others.
    others_pool = pools.get(PoolKind.OTHERS, Pool())
    if desk_pool.is_full or not waiting_pool.taken or promotion_stop(desk):
        return []
    questions = list(Question.objects.filter(desk=desk))
    promoted = []
    for registration in desk.registrations.on_waiting_list().iterator(chunk_size=200):
        registration.desk = desk
        if desk_pool.left is not None and desk_pool.left < 1:
            break
        counted_in = [desk_pool] if registration.is_member else [desk_pool, others_pool]
        fits = all(pool.left is None or registration.places <= pool.left for pool in counted_in)
        if fits and promote_one(registration, questions):
            for pool in counted_in:
                pool.taken += registration.places
            promoted.append(registration)
        elif registration.keeps_places:
            # Those behind it wait until there are enough places for all of the group.
            break
    return promoted


def promote_one(registration: Registration, questions: list[Question]) -> bool:
    """Give a waiting person a place, or the offer of one. Return False if there are not enough places.

    The desk must be locked.
    """
    desk = registration.desk
    if claim(registration, pool_names(registration, questions)):
        return False
    Pool.objects.filter(desk=desk, kind=PoolKind.WAITING).update(taken=F("taken") - 1)
    if desk.promotion == Promotion.OFFER:
        registration.expires_at = _offer_deadline(desk)
        apply(registration, Action.OFFER, RegistrationStatus.WAITING)
    else:
        apply(registration, Action.PROMOTE, RegistrationStatus.CONFIRMED)
    return True


def _offer_deadline(desk: Desk) -> datetime:
    """Return when an offer expires: after the hours that the editor set, at the latest when the event starts."""
    deadline = timezone.now() + timedelta(hours=desk.offer_hours)
    return min(moment for moment in (deadline, desk.starts_at, desk.ends_at) if moment)


@in_transaction
def open_kept_places(*, desk: Desk) -> int:
    """Open the places that were kept for members until now: the waiting list gets them. Return how many people did.

    A second call does nothing.
    """
    lock(desk)
    if desk.keeps_some_places or not desk.pools.filter(kind=PoolKind.OTHERS, capacity__isnull=False).update(
        capacity=None
    ):
        return 0
    content_changed()  # cached pages say how many places are kept
    return len(promote(desk))


def can_give_places(desk: Desk) -> bool:
    """Return whether places can still be given: False when the event is cancelled or over."""
    return promotion_stop_of(desk) not in (PromotionStop.CANCELLED, PromotionStop.OVER)


def check_can_give_places(desk: Desk) -> None:
    """Raise NotPossible when the event is cancelled or over."""
    if not can_give_places(desk):
        raise NotPossible


@in_transaction
def accept_offer(*, registration: Registration, user: User = None) -> Registration:
    """Confirm the place that was offered.

    Raises NotPossible when the offer has expired, or the event is cancelled or over.
    """
    registration = lock_registration(registration)
    if not registration.has_offer or (registration.expires_at and registration.expires_at <= timezone.now()):
        raise NotPossible
    check_can_give_places(registration.desk)
    apply(registration, Action.ACCEPT_OFFER, RegistrationStatus.CONFIRMED, user=user)
    return registration


@in_transaction
def keep_places(*, registration: Registration, keep: bool = True, user: User = None) -> Registration:
    """Keep free places for a group on the waiting list until there are enough for all of it; or stop keeping them.

    Those behind the group on the list, and newcomers, get none meanwhile. Raises NotPossible for a registration that is
    not on the waiting list.
    """
    registration = lock_registration(registration)
    check_possible(registration, Action.PROMOTE)
    if registration.holds_place:
        raise NotPossible
    registration.keeps_places = keep
    registration.save(update_fields=["keeps_places", "updated_at"])
    event = HistoryEvent.PLACES_KEPT if keep else HistoryEvent.PLACES_NOT_KEPT
    record(registration, event, before=registration.status, user=user)
    send_after_commit(place_freed, Desk, desk=registration.desk)
    promote(registration.desk)
    registration.refresh_from_db()
    return registration


def shorten_offers(desk: Desk) -> int:
    """Shorten the deadlines of offers that are now later than the start of the event. Return how many.

    The desk must be locked.
    """
    times = [time for time in (desk.starts_at, desk.ends_at) if time]
    if not times:
        return 0
    latest = min(times)
    offers = desk.registrations.filter(status=RegistrationStatus.WAITING, holds_place=True)
    return offers.filter(expires_at__gt=latest).update(expires_at=latest)


@in_transaction
def expire_held_places(*, desk: Desk) -> int:
    """Expire registrations that were not confirmed or accepted in time, and promote. Return how many expired."""
    lock(desk)
    expired = list(desk.registrations.past_deadline(timezone.now()))
    for registration in expired:
        registration.desk = desk
        had_offer = registration.has_offer
        release(registration)
        action = Action.EXPIRE_OFFER if had_offer else Action.EXPIRE_UNCONFIRMED
        # An address that was never confirmed may be somebody else's: the mail counts against the hourly limit.
        # An offer was in the person's calendar, from which its end removes it.
        context = {"had_place": had_offer}
        apply(registration, action, RegistrationStatus.EXPIRED, anonymous=not had_offer, context=context)
    if expired:
        promote(desk)
    return len(expired)
