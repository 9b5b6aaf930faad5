"""The meetings of a series: who gets a place at which.

A meeting may have fewer places than the series, and then has a waiting list of its own. Its places are counted from the
participations and not stored: every function here is called under the lock of the desk (see ``capacity.lock``), so that
nobody counts while somebody else takes a place. Attendance changes no count: who has a place keeps it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from verkosto.registrations.domain.history import record
from verkosto.registrations.enums import HistoryEvent, Participation
from verkosto.registrations.exceptions import DeskFull
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.mail import outbox
from verkosto.registrations.models import Desk, GuestParticipation, MeetingParticipation, Registration
from verkosto.registrations.models.meeting import MeetingParticipationQuerySet

CHUNK = 500  # rows written at once


def nearest_meeting(meetings: Iterable[CalendarEntry], now: datetime | None = None) -> CalendarEntry | None:
    """Return the meeting whose start is nearest in time, of those that are held if there are any; None without meetings."""
    now = now or timezone.now()
    return min(meetings, key=lambda meeting: (meeting.cancelled, abs(meeting.starts_at - now)), default=None)


def taken_places(desk: Desk, *, excluding: Registration | None = None) -> dict[str, int]:
    """Return the number of taken places by the UID of the meeting; with ``excluding`` those of the others. Two queries.

    Guests who do not come take none.
    """
    rows = MeetingParticipation.objects.of_desk(desk).filter(planned=Participation.COMING)
    declined = GuestParticipation.objects.of_desk(desk).declined().with_host(Participation.COMING)
    if excluding is not None:
        rows, declined = rows.exclude(registration=excluding), declined.exclude(guest__registration=excluding)
    places = dict(rows.order_by().values_list("meeting").annotate(Sum("registration__places")))
    given_back = declined.by_meeting()
    return {uid: number - given_back.get(uid, 0) for uid, number in places.items()}


def place_at(registration: Registration, meeting: CalendarEntry) -> Participation:
    """Return ``COMING`` if a meeting has places for a registration that are due to nobody else, otherwise ``WAITING``."""
    return _places_at(registration, [meeting])[meeting.uid]


def _places_at(registration: Registration, meetings: list[CalendarEntry]) -> dict[str, Participation]:
    """Return for each meeting whether the registration gets its places or waits. At most five queries."""
    statuses = {meeting.uid: Participation.COMING for meeting in meetings}
    limited = {meeting.uid: meeting.capacity for meeting in meetings if meeting.capacity is not None}
    if not limited:
        return statuses
    desk = registration.desk
    taken = taken_places(desk, excluding=registration)
    smallest = _smallest_waiting(registration, list(limited))
    own = GuestParticipation.objects.filter(guest__registration=registration).declined()
    declined = own.by_meeting() if registration.places > 1 else {}
    for uid, capacity in limited.items():
        free = capacity - taken.get(uid, 0)
        is_due = uid in smallest and smallest[uid] <= free
        if is_due or registration.places - declined.get(uid, 0) > free:
            statuses[uid] = Participation.WAITING
    return statuses


def _smallest_waiting(excluding: Registration, meetings: list[str]) -> dict[str, int]:
    """Return the fewest places that anybody else waits for, by the UID of the meeting. Two queries."""
    others = _waiting(excluding.desk).exclude(registration=excluding).filter(meeting__in=meetings)
    declined = _declined(excluding.desk)
    smallest: dict[str, int] = {}
    for key, uid, places in others.values_list("registration", "meeting", "registration__places"):
        needed = places - declined.get((key, uid), 0)
        smallest[uid] = min(needed, smallest.get(uid, needed))
    return smallest


def _declined(desk: Desk) -> dict[tuple[int, str], int]:
    """Return how many guests do not come, by registration and meeting. One query."""
    return GuestParticipation.objects.of_desk(desk).declined().by_registration()


def has_place_for_guest(registration: Registration, meeting: CalendarEntry) -> bool:
    """Return whether a meeting has a place for one guest more of somebody who comes, that is due to nobody else."""
    if meeting.capacity is None:
        return True
    free = meeting.capacity - taken_places(registration.desk).get(meeting.uid, 0)
    smallest = _smallest_waiting(registration, [meeting.uid]).get(meeting.uid)
    return free >= 1 and (smallest is None or smallest > free)


def join_meetings(registration: Registration) -> None:
    """Register somebody who gets a place in a series for its meetings to come. What they have declined stays so.

    No query for the desk of a single event.
    """
    meetings = [meeting for meeting in registration.desk.meetings() if not meeting.is_over]
    if not meetings:
        return
    statuses = _places_at(registration, meetings)
    _write_rows([_row(registration.pk, uid, status) for uid, status in statuses.items()])
    # Rows from before, of somebody who has registered again: their places may have gone to others.
    known = registration.participations.filter(status__in=[Participation.COMING, Participation.WAITING])
    for meeting in meetings:
        status = statuses[meeting.uid]
        if meeting.capacity is not None:
            changed = known.filter(meeting=meeting.uid).exclude(status=status)
            changed.update(status=status, planned=status, changed_at=timezone.now())


def take_over_meetings(successor: Registration, former: Registration) -> None:
    """Put the successor of a registration in its place at the meetings to come: also where it waits or has declined.

    The former registration has ended, so that its own rows are not counted any more.
    """
    if not former.desk.meetings():
        return
    own = successor.participations.all()
    for row in former.participations.filter(meeting__in=own.values("meeting")):
        own.filter(meeting=row.meeting).update(status=row.planned, planned=row.planned, changed_at=row.changed_at)


def join_new_meetings(desk: Desk) -> None:
    """Register the people who have a place for the meetings to come that were added to a series.

    Where a meeting has fewer places, they go to those who registered first; the others are on its waiting list and
    notified. Two queries when there is nothing to add; none for the desk of a single event.
    """
    meetings = [meeting for meeting in desk.meetings() if not meeting.is_over]
    if not meetings:
        return
    people = desk.registrations.confirmed().filter(purged_at__isnull=True)
    number = people.count()
    known = MeetingParticipation.objects.filter(registration__in=people).rows_by_meeting()
    for meeting in meetings:
        if known.get(meeting.uid, 0) < number:
            without = people.exclude(participations__meeting=meeting.uid).order_by("created_at", "pk")
            _join_one(desk, meeting, list(without))


def _join_one(desk: Desk, meeting: CalendarEntry, people: list[Registration]) -> None:
    free = None if meeting.capacity is None else meeting.capacity - taken_places(desk).get(meeting.uid, 0)
    rows, waiting = [], []
    for registration in people:
        has_place = free is None or registration.places <= free
        if has_place and free is not None:
            free -= registration.places
        if not has_place:
            waiting.append(registration)
        rows.append(_row(registration.pk, meeting.uid, Participation.COMING if has_place else Participation.WAITING))
    _write_rows(rows)
    outbox.write_many("meeting_waiting", waiting, context=lambda _registration: {"meeting_uid": meeting.uid})


def _row(registration: int, meeting: str, status: Participation) -> MeetingParticipation:
    return MeetingParticipation(registration_id=registration, meeting=meeting, status=status, planned=status)


def _write_rows(rows: list[MeetingParticipation]) -> None:
    MeetingParticipation.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def check_meeting_places(registration: Registration) -> None:
    """Raise DeskFull if a registration that was given more places has more than one of its meetings has room for."""
    limits = {
        meeting.uid: meeting.capacity for meeting in registration.desk.meetings() if meeting.capacity is not None
    }
    if not limits:
        return
    taken = taken_places(registration.desk)
    own = registration.participations.filter(planned=Participation.COMING, meeting__in=limits)
    for uid in own.values_list("meeting", flat=True):
        if taken.get(uid, 0) > limits[uid]:
            raise DeskFull


def somebody_waits_for_meeting(desk: Desk) -> bool:
    """Return whether anybody is on the waiting list of a meeting. No query for the desk of a single event."""
    return bool(desk.meetings()) and _waiting(desk).exists()


def _waiting(desk: Desk) -> MeetingParticipationQuerySet:
    """Return the waiting lists of the meetings, each in its order."""
    rows = MeetingParticipation.objects.of_desk(desk).filter(planned=Participation.WAITING)
    return rows.filter(status=Participation.WAITING).order_by("changed_at", "pk")


def promote_at_meetings(desk: Desk) -> None:
    """Give free places at the meetings that have not begun to the first on their waiting lists for whom they are enough."""
    now = timezone.now()
    open_meetings = {
        meeting.uid: meeting for meeting in desk.meetings() if not meeting.cancelled and meeting.starts_at > now
    }
    taken, declined = taken_places(desk), _declined(desk)
    for row in _waiting(desk).select_related("registration").filter(meeting__in=open_meetings):
        meeting = open_meetings[row.meeting]
        places = row.registration.places - declined.get((row.registration_id, row.meeting), 0)
        if meeting.capacity is not None and taken.get(row.meeting, 0) + places > meeting.capacity:
            continue
        taken[row.meeting] = taken.get(row.meeting, 0) + places
        row.registration.desk = desk
        _promote_row(row, meeting)


def _promote_row(row: MeetingParticipation, meeting: CalendarEntry) -> None:
    row.status = row.planned = Participation.COMING
    row.sequence, row.changed_at = row.sequence + 1, timezone.now()
    row.save()
    registration = row.registration
    event = HistoryEvent.MEETING_PROMOTED
    record(registration, event, before=registration.status, reason=meeting.title)
    outbox.write("meeting_promoted", registration=registration, context={"meeting_uid": meeting.uid})
