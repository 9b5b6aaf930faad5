"""The pools that count a desk's places, and the claims that registrations make on them.

A claim is one conditional UPDATE: it adds to ``Pool.taken`` only where the capacity allows it. The name of a pool is
"kind:key", such as "choice:diet:vegan", and only "desk" for the desk's own.

Every transaction that writes a desk's registrations first locks the row of the desk's pool, and keeps the lock until it
ends: a claim locks it by its UPDATE, everything else by ``lock``. So no two registrations get the same free place, and
nobody joins the waiting list while a place becomes free. (SQLite has one write lock for the whole database, which
BEGIN IMMEDIATE takes.)
"""

from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import Exists, F, OuterRef, Q

from verkosto.core.transactions import send_after_commit
from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Desk, Pool, Question, Registration
from verkosto.registrations.models.querysets import PoolQuerySet
from verkosto.registrations.signals import place_freed

# The pool of the places that are not kept for members: those who are none are counted in it.
OTHERS_POOL = f"{PoolKind.OTHERS}:"
# The entry in ``Registration.claims`` of somebody on the waiting list.
WAITING_LIST_CLAIM = PoolKind.WAITING.value


def lock(*desks: Desk) -> None:
    """Lock the desks' pools until the transaction ends, in the order of their keys, so that two calls cannot deadlock.

    Raises Pool.DoesNotExist for a desk that has never been published.
    """
    for pk in sorted({desk.pk for desk in desks}):
        # An UPDATE that changes nothing takes the lock of the row, on every database.
        if not Pool.objects.filter(desk_id=pk, kind=PoolKind.DESK, key="").update(taken=F("taken")):
            raise Pool.DoesNotExist


def lock_registration(registration: Registration) -> Registration:
    """Lock a registration's desk, and return the registration as it is stored now.

    Every change of a registration begins with this call.
    """
    desk = Desk.objects.get(pk=registration.desk_id)
    lock(desk)
    fresh = Registration.objects.get(pk=registration.pk)
    if fresh.desk_id != desk.pk:
        # It was moved to another desk meanwhile.
        return lock_registration(fresh)
    fresh.desk = desk
    return fresh


def pool_names(registration: Registration, questions: Iterable[Question]) -> list[str]:
    """Return the pools besides the desk's in which a registration is counted, in the order in which they are claimed."""
    names = []
    if registration.desk.has_kept_places and not registration.is_member:
        names.append(OTHERS_POOL)
    if registration.organisation_key and registration.desk.limit_per_organisation is not None:
        names.append(f"{PoolKind.ORGANISATION}:{registration.organisation_key}")
    choices = []
    for question in questions:
        stored = registration.answers.get(question.key)
        limited = {choice.key for choice in question.choices if choice.capacity is not None}
        choices += [
            f"{PoolKind.CHOICE}:{question.key}:{key}"
            for key in question.question_type.chosen(question, stored)
            if key in limited
        ]
    return names + sorted(set(choices))


def claim(registration: Registration, names: list[str], *, in_turn: bool = False) -> str:
    """Take the registration's places from the desk's pool and the named ones: all of them, or none.

    With ``in_turn``, free places that are due to somebody on the waiting list are not taken. Return "" and set
    ``holds_place`` and ``claims`` (not saved), or return the name of the pool without enough places ("desk" for the
    desk's). Either way the desk is locked.
    """
    desk, places = registration.desk, registration.places
    if not _take(desk.pk, PoolKind.DESK, "", places, if_nobody_waits=in_turn):
        # Somebody waits, or there are not enough places. Look closer, under the lock: first whether there are any, for
        # many who register at once find none, and to ask who waits takes the longer the more do.
        lock(desk)
        if not _pool_with(desk.pk, PoolKind.DESK, "", places).exists() or (in_turn and are_places_due(desk)):
            return str(PoolKind.DESK)
        _take(desk.pk, PoolKind.DESK, "", places)
    if refused := claim_named(registration, names):
        _give(desk.pk, PoolKind.DESK, "", places)
        return refused
    registration.holds_place = True
    registration.claims = names
    registration.newly_taken = places
    return ""


def are_places_due(desk: Desk) -> bool:
    """Return whether free places are due to somebody on the waiting list.

    They are due to a registration that they are enough for, and to a group for which they are kept. The desk must be
    locked.
    """
    waiting = desk.registrations.on_waiting_list()
    if not waiting.exists():
        return False
    left = {(pool.kind, pool.key): pool.left for pool in desk.pools.exclude(kind=PoolKind.WAITING)}
    questions = list(Question.objects.filter(desk=desk))
    for registration in waiting.iterator(chunk_size=200):
        registration.desk = desk
        if registration.keeps_places or not full_pools(registration, questions, left):
            return True
    return False


def full_pools(
    registration: Registration, questions: Iterable[Question], left: Mapping[tuple[str, str], int | None]
) -> list[str]:
    """Return the names of the pools without enough places for a registration.

    ``left`` has the free places of each pool by (kind, key); None for no limit.
    """
    names = [str(PoolKind.DESK), *pool_names(registration, questions)]
    found = []
    for name in names:
        kind, _sep, key = name.partition(":")
        free = left.get((kind, key))
        if free is not None and free < registration.places:
            found.append(name)
    return found


def claim_named(registration: Registration, names: list[str]) -> str:
    """Take places from named pools, all or none. Return "" or the name of the one without enough places."""
    taken: list[str] = []
    for name in names:
        kind, key = name.split(":", 1)
        if kind == PoolKind.ORGANISATION:
            _make_organisation_pool(registration.desk, key)
        if not _take(registration.desk_id, kind, key, registration.places):
            give_named(registration, taken)
            return name
        taken.append(name)
    return ""


def change_claims(registration: Registration, names: list[str], *, places_before: int) -> str:
    """Take what a changed registration needs beyond what it holds, and give back what it no longer needs (not saved).

    It keeps what it holds already, even where a capacity was lowered below what is taken. Return "" or the name of the
    pool without enough places; the caller then rolls back. The desk must be locked.
    """
    more = registration.places - places_before
    dropped = [name for name in registration.claims if name not in names]
    if refused := _take_more(registration.desk, PoolKind.DESK, "", more):
        return refused
    for name in names:
        kind, key = name.split(":", 1)
        if kind == PoolKind.ORGANISATION:
            _make_organisation_pool(registration.desk, key)
        needed = more if name in registration.claims else registration.places
        if refused := _take_more(registration.desk, kind, key, needed):
            return refused
    for name in dropped:
        kind, key = name.split(":", 1)
        _give(registration.desk_id, kind, key, places_before)
    if dropped or more < 0:
        send_after_commit(place_freed, Desk, desk=registration.desk)
    registration.claims = names
    registration.newly_taken = max(more, 0)
    return ""


def _take_more(desk: Desk, kind: str, key: str, places: int) -> str:
    """Take places from a pool, or give them back if the number is negative. Return "" or the full pool's name."""
    if places > 0:
        return "" if _take(desk.pk, kind, key, places) else f"{kind}:{key}".removesuffix(":")
    if places < 0:
        _give(desk.pk, kind, key, -places)
    return ""


def give_named(registration: Registration, names: list[str]) -> None:
    """Give places back to named pools."""
    for name in names:
        kind, key = name.split(":", 1)
        _give(registration.desk_id, kind, key, registration.places)


def release(registration: Registration) -> None:
    """Give back all places of a registration (not saved), and send ``place_freed`` after the commit.

    The desk must be locked.
    """
    send_after_commit(place_freed, Desk, desk=registration.desk)
    give_back(registration)


def give_back(registration: Registration) -> None:
    """Give back all places of a registration (not saved), without the signal that ``release`` sends.

    For places that were taken in the same transaction, and a place on the waiting list that a real one replaces.
    """
    if registration.holds_place:
        _give(registration.desk_id, PoolKind.DESK, "", registration.places)
        give_named(registration, registration.claims)
    elif WAITING_LIST_CLAIM in registration.claims:
        _give(registration.desk_id, PoolKind.WAITING, "", 1)
    registration.holds_place = False
    registration.claims = []
    registration.newly_taken = 0


def join_waiting_list(registration: Registration) -> bool:
    """Take a place on the waiting list (not saved); False when it is full. The desk must be locked."""
    if not _take(registration.desk_id, PoolKind.WAITING, "", 1):
        return False
    registration.claims = [WAITING_LIST_CLAIM]
    return True


def _take(desk_id: int, kind: str, key: str, places: int, *, if_nobody_waits: bool = False) -> bool:
    """Take places from one pool, in one UPDATE. Return False when there are not enough."""
    pools = _pool_with(desk_id, kind, key, places)
    if if_nobody_waits:
        pools = pools.exclude(_somebody_waits())
    return bool(pools.update(taken=F("taken") + places))


def _pool_with(desk_id: int, kind: str, key: str, places: int) -> PoolQuerySet:
    """Return the pool of a name if it has so many free places."""
    has_enough = Q(capacity__isnull=True) | Q(capacity__gte=F("taken") + places)
    return Pool.objects.filter(has_enough, desk_id=desk_id, kind=kind, key=key)


@cache
def _somebody_waits() -> Exists:
    """Return the condition on a pool that somebody is on its desk's waiting list. Made once: it is a part of every claim."""
    return Exists(Pool.objects.filter(desk=OuterRef("desk"), kind=PoolKind.WAITING, taken__gt=0))


def _give(desk_id: int, kind: str, key: str, places: int) -> None:
    Pool.objects.filter(desk_id=desk_id, kind=kind, key=key).update(taken=F("taken") - places)


def _make_organisation_pool(desk: Desk, key: str) -> None:
    if not Pool.objects.filter(desk=desk, kind=PoolKind.ORGANISATION, key=key).exists():
        Pool.objects.bulk_create(
            [Pool(desk=desk, kind=PoolKind.ORGANISATION, key=key, capacity=desk.limit_per_organisation)],
            ignore_conflicts=True,
        )
