"""The creation of a desk's pools, and their comparison with the registrations that they count."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from verkosto.registrations.domain.capacity import WAITING_LIST_CLAIM, lock, pool_names
from verkosto.registrations.domain.eligibility import is_member
from verkosto.registrations.enums import PoolKind, RegistrationStatus
from verkosto.registrations.models import Desk, Pool, Question, Registration
from verkosto.registrations.signals import capacity_changed

# The statuses in which a registration can be counted in a pool.
COUNTED_STATUSES = [RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING, RegistrationStatus.AWAITING_CONFIRMATION]


@dataclass
class Count:
    """The places and waiting people that the registrations add up to, and a line for each pool that differs from it."""

    taken: int = 0
    waiting: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def consistent(self) -> bool:
        return not self.wrong


def count_registrations(desk: Desk) -> Counter[tuple[str, str]]:
    """Count the places taken by (kind, key), from the registrations alone."""
    counted: Counter[tuple[str, str]] = Counter()
    rows = desk.registrations.filter(status__in=COUNTED_STATUSES).values_list("holds_place", "places", "claims")
    for holds_place, places, claims in rows.iterator(chunk_size=2000):
        if holds_place:
            counted[(PoolKind.DESK, "")] += places
            for name in claims:
                kind, key = name.split(":", 1)
                counted[(kind, key)] += places
        elif WAITING_LIST_CLAIM in claims:
            counted[(PoolKind.WAITING, "")] += 1
    return counted


def check(desk: Desk) -> Count:
    """Compare the desk's pools with its registrations."""
    with transaction.atomic():
        # The lock keeps others from changing the registrations between the two reads. ``lock`` would raise for a desk
        # that was never published: it has no pools.
        pools = list(desk.pools.select_for_update())
        counted = count_registrations(desk)
    count = Count(taken=counted[(PoolKind.DESK, "")], waiting=counted[(PoolKind.WAITING, "")])
    stored = {(pool.kind, pool.key): pool.taken for pool in pools}
    for name in sorted({*stored, *counted}):
        if stored.get(name, 0) != counted[name]:
            count.wrong.append(f"{':'.join(name)}: pool {stored.get(name, 0)}, registrations {counted[name]}")
    return count


def set_capacities(desk: Desk) -> None:
    """Set the capacities of the desk's pools, and make the pools that are missing. Locks the desk.

    A new pool starts with the places of the registrations that are already there.
    """
    Pool.objects.bulk_create(
        [Pool(desk=desk, kind=PoolKind.DESK, capacity=desk.capacity), Pool(desk=desk, kind=PoolKind.WAITING)],
        ignore_conflicts=True,
    )
    lock(desk)
    before = desk.pools.values_list("capacity", flat=True).get(kind=PoolKind.DESK)
    desk.pools.filter(kind=PoolKind.DESK).update(capacity=desk.capacity)
    if before != desk.capacity:
        capacity_changed.send(Desk, desk=desk, before=before)
    desk.pools.filter(kind=PoolKind.WAITING).update(capacity=desk.waiting_list_length if desk.waiting_list else 0)
    desk.pools.filter(kind=PoolKind.ORGANISATION).update(capacity=desk.limit_per_organisation)
    is_new = _set_places_for_others(desk)
    questions = list(Question.objects.filter(desk=desk))
    wanted = {
        f"{question.key}:{choice.key}": choice.capacity
        for question in questions
        for choice in question.choices
        if choice.capacity is not None
    }
    existing = {pool.key: pool for pool in desk.pools.filter(kind=PoolKind.CHOICE)}
    for key, pool in existing.items():
        if pool.capacity != wanted.get(key):
            desk.pools.filter(pk=pool.pk).update(capacity=wanted.get(key))
    new = [key for key in wanted if key not in existing]
    Pool.objects.bulk_create([Pool(desk=desk, kind=PoolKind.CHOICE, key=key, capacity=wanted[key]) for key in new])
    if new or is_new or desk.limit_per_organisation is not None:
        _add_to_new_pools(desk, questions)


def _set_places_for_others(desk: Desk) -> bool:
    """Set how many places others than members may have. Return whether the pool that counts them is new.

    Who has registered before is a member if the address is one now.
    """
    others = desk.pools.filter(kind=PoolKind.OTHERS)
    if others.update(capacity=desk.places_for_others) or not desk.has_kept_places:
        return False
    Pool.objects.create(desk=desk, kind=PoolKind.OTHERS, capacity=desk.places_for_others)
    unknown = desk.registrations.active().filter(is_member=False).values_list("pk", "email")
    members = [pk for pk, email in unknown if is_member(desk, email)]
    Registration.objects.filter(pk__in=members).update(is_member=True)
    return True


def _add_to_new_pools(desk: Desk, questions: list[Question]) -> None:
    """Add the registrations that were made before their choice or organisation had a limit to its pool."""
    added_places: Counter[tuple[str, str]] = Counter()
    changed = []
    for registration in desk.registrations.filter(holds_place=True).iterator(chunk_size=2000):
        registration.desk = desk
        added = [name for name in pool_names(registration, questions) if name not in registration.claims]
        if added:
            registration.claims = [*registration.claims, *added]
            changed.append(registration)
            for name in added:
                kind, key = name.split(":", 1)
                added_places[(kind, key)] += registration.places
    Registration.objects.bulk_update(changed, ["claims"], batch_size=500)
    for (kind, key), places in added_places.items():
        pool, _created = Pool.objects.get_or_create(
            desk=desk, kind=kind, key=key, defaults={"capacity": desk.limit_per_organisation}
        )
        Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + places)
