"""The columns of an export about the guests whom registered people bring: a group of columns for each guest."""

from functools import cached_property

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from verkosto.registrations.enums import Attendance
from verkosto.registrations.models import Desk, Guest
from verkosto.registrations.questions.types.base import Cell


class GuestColumns:
    """The guests of a desk's registrations, which are asked for in the order of their keys.

    The rows are read a ``portion`` at a time, from the registration that is asked for: memory is constant. Nothing is read
    where nobody brings guests.
    """

    def __init__(self, desk: Desk, language: str, *, portion: int) -> None:
        self.desk, self.language, self.portion = desk, language, portion
        self.read: dict[int, list[Guest]] = {}
        # The last registration whose guests have been read; None for all.
        self.read_until: int | None = 0

    @cached_property
    def most(self) -> int:
        """The largest number of guests that a registration has. One query."""
        guests = Guest.objects.filter(registration__desk=self.desk)
        return int(guests.aggregate(most=Max("position"))["most"] or 0)

    @cached_property
    def titles(self) -> list[str]:
        with translation.override(self.language):
            return [
                title % {"number": number}
                for number in range(1, self.most + 1)
                for title in (
                    _("Guest %(number)s"),
                    _("Guest %(number)s: email"),
                    _("Guest %(number)s: organisation"),
                    _("Guest %(number)s: attendance"),
                )
            ]

    @cached_property
    def attendances(self) -> dict[str, str]:
        with translation.override(self.language):
            return {value: str(label) for value, label in Attendance.choices if value}

    def cells(self, pk: int) -> list[Cell]:
        """Return the cells of one registration's guests, as many as there are ``titles``."""
        guests = self.of(pk)
        cells: list[Cell] = []
        for guest in guests:
            cells += [
                guest.name or None,
                guest.email or None,
                guest.organisation or None,
                self.attendances.get(guest.attendance),
            ]
        return cells + [None] * (len(self.titles) - len(cells))

    def of(self, pk: int) -> list[Guest]:
        """Return the guests of one registration in their order. Registrations come in the order of their keys."""
        if self.most and self.read_until is not None and pk > self.read_until:
            self._read_from(pk)
        return self.read.get(pk, [])

    def _read_from(self, pk: int) -> None:
        rows = Guest.objects.filter(registration__desk=self.desk, registration__gte=pk)
        size = max(self.portion, self.most)
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
