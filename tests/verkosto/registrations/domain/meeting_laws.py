"""What holds at every meeting of a series at any time (laws 2 and 4), for the tests that put a desk through its paces."""

from collections import Counter

from verkosto.registrations.models import Desk, GuestParticipation, MeetingParticipation, Registration


def assert_meetings_hold(desk: Desk, *, promotes: bool = True) -> None:
    """No meeting has more people than places; with ``promotes``, nobody waits for places that would be enough for them.

    Everybody with a place has a row for each meeting, and nobody who was erased has a guest left.
    """
    rows = list(MeetingParticipation.objects.of_desk(desk).select_related("registration"))
    names = ("guest__registration", "meeting")
    declined = Counter(GuestParticipation.objects.filter(comes=False).values_list(*names))
    meetings = desk.meetings()
    for meeting in meetings:
        own = [row for row in rows if row.meeting == meeting.uid]
        needed = {row.pk: row.registration.places - declined[(row.registration_id, row.meeting)] for row in own}
        assert min(needed.values(), default=1) >= 1
        taken = sum(needed[row.pk] for row in own if row.planned == "coming")
        free = None if meeting.capacity is None else meeting.capacity - taken
        assert free is None or free >= 0
        waiting = [needed[row.pk] for row in own if row.status == "waiting"]
        assert not [number for number in waiting if promotes and (free is None or number <= free)]
    confirmed = Registration.objects.filter(desk=desk).confirmed()
    by_registration = Counter(row.registration_id for row in rows)
    assert {by_registration[each.pk] for each in confirmed} <= {len(meetings)}
    assert not Registration.objects.filter(desk=desk, purged_at__isnull=False, guests__isnull=False).exists()
