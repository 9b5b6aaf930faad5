"""The columns of an export about the guests whom registered people bring: a group of columns for each guest."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from django.db.models import Count, Max, Q
from django.utils import translation
from django.utils.translation import gettext as _

from verkosto.registrations.enums import Attendance, Participation
from verkosto.registrations.facts import CalendarEntry
from verkosto.registrations.models import Desk, Guest, Question, guest_status
from verkosto.registrations.questions.types.base import Cell


class GuestColumns:
    """The guests of a desk's registrations, which are asked for in the order of their keys.

    The rows are read a ``portion`` at a time, from the registration that is asked for: memory is constant. Nothing is read
    where nobody brings guests.
    """

    def __init__(
        self,
        desk: Desk,
        language: str,
        *,
        portion: int,
        questions: Sequence[Question] = (),
        meetings: Sequence[CalendarEntry] = (),
    ) -> None:
        self.desk, self.language, self.portion = desk, language, portion
        self._questions, self.meetings = questions, meetings
        self.read: dict[int, list[Guest]] = {}
        # The last registration whose guests have been read; None for all.
        self.read_until: int | None = 0

    @cached_property
    def most(self) -> int:
        """The largest number of guests that a registration has. One query."""
        guests = Guest.objects.filter(registration__desk=self.desk)
        return int(guests.aggregate(most=Max("position"))["most"] or 0)

    @cached_property
    def questions(self) -> list[Question]:
        """Those of the given questions that are asked about guests, or were when one was answered. One query at most."""
        if not self.most:
            return []
        guests = Guest.objects.filter(registration__desk=self.desk)
        others = [question for question in self._questions if not question.each_attendee]
        found = guests.aggregate(
            **{
                f"n{number}": Count("pk", filter=_has_answer(question))
                for number, question in enumerate(others)
                if question.question_type.can_ask_each
            }
        )
        earlier = {others[int(name[1:])].key for name, number in found.items() if number}
        return [question for question in self._questions if question.each_attendee or question.key in earlier]

    @cached_property
    def exporters(self) -> list[tuple[str, Callable[[object], Cell]]]:
        """The key of each question, and the function that turns its stored answer into a cell."""
        return [
            (question.key, question.question_type.exporter(question, self.language)) for question in self.questions
        ]

    @cached_property
    def titles(self) -> list[str]:
        with translation.override(self.language):
            return [title for number in range(1, self.most + 1) for title in self._titles_of(number)]

    def _titles_of(self, number: int) -> list[str]:
        """Return the titles about one guest, in the active language."""
        titles = (
            _("Guest %(number)s"),
            _("Guest %(number)s: email"),
            _("Guest %(number)s: organisation"),
            _("Guest %(number)s: attendance"),
        )
        labels = [question.label(self.language) for question in self.questions]
        labels += [meeting.label for meeting in self.meetings]
        asked = (_("Guest %(number)s: %(question)s") % {"number": number, "question": label} for label in labels)
        return [*(title % {"number": number} for title in titles), *asked]

    @cached_property
    def attendances(self) -> dict[str, str]:
        with translation.override(self.language):
            return {value: str(label) for value, label in Attendance.choices if value}

    @cached_property
    def participations(self) -> dict[str, str]:
        with translation.override(self.language):
            return {value: str(label) for value, label in Participation.choices}

    def statuses(self, guest: Guest, host: Mapping[str, str]) -> dict[str, str]:
        """Return how a guest takes part by the UID of the meeting; ``host`` are the statuses of their host."""
        rows = {row.meeting: row for row in guest.participations.all()} if self.meetings else {}
        statuses = {
            meeting.uid: guest_status(host.get(meeting.uid, ""), rows.get(meeting.uid)) for meeting in self.meetings
        }
        return {uid: str(status) for uid, status in statuses.items() if status}

    def cells(self, pk: int, host: Mapping[str, str]) -> list[Cell]:
        """Return the cells of one registration's guests, as many as there are ``titles``; for ``host`` see ``statuses``."""
        guests = self.of(pk)
        cells: list[Cell] = []
        for guest in guests:
            cells += [
                guest.name or None,
                guest.email or None,
                guest.organisation or None,
                self.attendances.get(guest.attendance),
            ]
            answers = guest.all_answers()
            cells += [cell(answers[key]) if key in answers else None for key, cell in self.exporters]
            statuses = self.statuses(guest, host)
            cells += [self.participations.get(statuses.get(meeting.uid, "")) for meeting in self.meetings]
        return cells + [None] * (len(self.titles) - len(cells))

    def of(self, pk: int) -> list[Guest]:
        """Return the guests of one registration in their order. Registrations come in the order of their keys."""
        if self.most and self.read_until is not None and pk > self.read_until:
            self._read_from(pk)
        return self.read.get(pk, [])

    def _read_from(self, pk: int) -> None:
        rows = Guest.objects.filter(registration__desk=self.desk, registration__gte=pk)
        size = max(self.portion, self.most)
        if any(question.sensitive for question in self.questions):
            rows = rows.select_related("sensitive")
        if self.meetings:
            rows = rows.prefetch_related("participations")
        found = list(rows.order_by("registration", "position", "pk")[: size + 1])
        self.read = {}
        for guest in found:
            self.read.setdefault(guest.registration_id, []).append(guest)
        if len(found) <= size:
            self.read_until = None
            return
        # The guests of the last may be incomplete: they are read again.
        last = found[-1].registration_id
        del self.read[last]
        self.read_until = last - 1


def _has_answer(question: Question) -> Q:
    column = "sensitive__answers" if question.sensitive else "answers"
    return Q(**{f"{column}__has_key": question.key})
