"""The columns of an export for the meetings of a series: how each person takes part."""

from collections import defaultdict

from django.utils import translation

from verkosto.registrations.enums import Participation
from verkosto.registrations.models import Desk, MeetingParticipation
from verkosto.registrations.questions.types.base import Cell


class MeetingColumns:
    """A column for each meeting of a desk. The rows of the export ask for their cells in the order of the primary keys.

    The participations are read ``portion`` registrations at a time, so that memory is constant.
    """

    def __init__(self, desk: Desk, language: str, *, portion: int) -> None:
        self.desk = desk
        with translation.override(language):
            self.meetings = desk.meetings(language)
            self.titles = [meeting.label for meeting in self.meetings]
            self._labels: dict[str, str] = {value: str(label) for value, label in Participation.choices}
        self._rows_at_once = portion * len(self.meetings)
        self._read_until = 0  # the primary key up to which ``_statuses`` is complete
        self._statuses: dict[int, dict[str, str]] = {}

    def statuses(self, registration: int) -> dict[str, str]:
        """Return the stored status by the UID of the meeting, for a registration of a higher primary key than before."""
        if not self.meetings:
            return {}
        if registration > self._read_until:
            self._read_from(registration)
        return self._statuses.get(registration, {})

    def cells(self, registration: int) -> list[Cell]:
        """Return the cells of a registration, in the order of ``titles``."""
        statuses = self.statuses(registration)
        return [self._labels.get(statuses.get(meeting.uid, "")) for meeting in self.meetings]

    def _read_from(self, first: int) -> None:
        """Read the next portion. Its last registration is left out if it may be incomplete."""
        rows = MeetingParticipation.objects.filter(
            registration__desk=self.desk,
            registration_id__gte=first,
            meeting__in=[meeting.uid for meeting in self.meetings],
        ).order_by("registration_id", "pk")
        found = list(rows.values_list("registration_id", "meeting", "status")[: self._rows_at_once])
        statuses: dict[int, dict[str, str]] = defaultdict(dict)
        for key, meeting, status in found:
            statuses[key][meeting] = status
        is_last = len(found) < self._rows_at_once
        if not is_last and len(statuses) > 1:
            statuses.popitem()
        self._statuses = dict(statuses)
        self._read_until = NO_LIMIT if is_last else max(statuses)


#: Higher than any primary key.
NO_LIMIT = 2**63
