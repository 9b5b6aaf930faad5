"""What the steps of a registration's history mean to webhooks. Written in the transaction of the step."""

from datetime import timedelta

from verkosto.registrations.enums import ENDED_STATUSES, HistoryEvent, PoolKind, RegistrationStatus
from verkosto.registrations.models import Pool, Registration, StatusChange
from verkosto.webhooks.outbox import Audience, write
from verkosto.webhooks.payloads import desk_data, registration_data

CREATED = (HistoryEvent.SIGNED_UP, HistoryEvent.TAKEN_OVER)
PROMOTED = (HistoryEvent.PROMOTED, HistoryEvent.OFFERED)
# The steps by which somebody who did not wait takes places.
TAKING = (
    HistoryEvent.SIGNED_UP,
    HistoryEvent.ADDRESS_CONFIRMED,
    HistoryEvent.APPROVED,
    HistoryEvent.REJOINED,
    HistoryEvent.MOVED,
)


def write_registration_events(registration: Registration, step: StatusChange) -> int:
    """Write the deliveries of one step. Return how many. One query where no webhook is active, none for most steps."""
    names = events_of(step)
    if not names and step.event not in TAKING:
        return 0
    audience = Audience()
    if not audience.endpoints:
        return 0
    desk = registration.desk
    if takes_last_place(registration, step):
        names.append("desk.full")
    data = {"registration": registration_data(registration), "desk": desk_data(desk)}
    paths = [desk.tree_path]
    return sum(
        write(name, {"desk": data["desk"]} if name == "desk.full" else data, paths=paths, audience=audience)
        for name in names
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
    """Return whether a step took the last free place of the desk, which was not full before. At most one query."""
    if step.event not in TAKING or not registration.holds_place:
        return False
    waited_for_address = step.event == HistoryEvent.ADDRESS_CONFIRMED
    if waited_for_address and registration.queued_at - registration.created_at < timedelta(seconds=1):
        # The place was held, and counted, since the sign-up: what is claimed later has its own time.
        return False
    pool = Pool.objects.get(desk=registration.desk_id, kind=PoolKind.DESK, key="")
    return bool(pool.is_full and pool.taken - registration.places < (pool.capacity or 0))
