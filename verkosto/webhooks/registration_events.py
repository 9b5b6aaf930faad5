"""What the steps of a registration's history mean to webhooks. Written in the transaction of the step."""

from verkosto.registrations.enums import ENDED_STATUSES, HistoryEvent, PoolKind, RegistrationStatus
from verkosto.registrations.models import Desk, Pool, Registration, StatusChange
from verkosto.webhooks.outbox import Audience, write
from verkosto.webhooks.payloads import desk_data, registration_data

CREATED = (HistoryEvent.SIGNED_UP, HistoryEvent.TAKEN_OVER)
FULL = "desk.full"
PROMOTED = (HistoryEvent.PROMOTED, HistoryEvent.OFFERED)


def write_registration_events(registration: Registration, step: StatusChange) -> int:
    """Write the deliveries of one step. Return how many. One query where no webhook is active, none for most steps."""
    names = events_of(step)
    if not names and not registration.newly_taken:
        return 0
    audience = Audience()
    if not audience.endpoints:
        return 0
    desk = registration.desk
    if takes_last_place(registration, step):
        names.append(FULL)
    data = {"registration": registration_data(registration), "desk": desk_data(desk)}
    paths = [desk.tree_path]
    return sum(
        write(name, {"desk": data["desk"]} if name == FULL else data, paths=paths, audience=audience) for name in names
    )


def events_of(step: StatusChange) -> list[str]:
    """Return the events that a step is, in the order in which they happen."""
    before, after = step.from_status, step.to_status
    found = {
        "registration.created": step.event in CREATED,
        "registration.promoted": step.event in PROMOTED,
        "registration.confirmed": after == RegistrationStatus.CONFIRMED != before,
        "registration.cancelled": after in ENDED_STATUSES and before not in ENDED_STATUSES,
        "registration.checked_in": step.event == HistoryEvent.ATTENDED,
    }
    return [name for name, happened in found.items() if happened]


def takes_last_place(registration: Registration, step: StatusChange) -> bool:
    """Return whether a step took the last free place of the desk, which was not full before. At most one query.

    A step of the waiting list does not count: the place that it takes was taken until just before, or is due to it. A
    place that staff give counts.
    """
    if not registration.newly_taken or (step.event in PROMOTED and step.user_id is None):
        return False
    pool = Pool.objects.get(desk=registration.desk_id, kind=PoolKind.DESK, key="")
    return bool(pool.is_full and pool.taken - registration.newly_taken < (pool.capacity or 0))


def write_full_desk(desk: Desk, *, capacity_before: int | None) -> int:
    """Write the deliveries of a desk whose places were made so few that it is full, which it was not before.

    Return how many. One query for a desk that is not filled by it; one more where no webhook is active.
    """
    pool = Pool.objects.get(desk=desk, kind=PoolKind.DESK, key="")
    was_full = capacity_before is not None and pool.taken >= capacity_before
    if was_full or not pool.is_full:
        return 0
    audience = Audience()
    return (
        write(FULL, {"desk": desk_data(desk)}, paths=[desk.tree_path], audience=audience) if audience.endpoints else 0
    )
