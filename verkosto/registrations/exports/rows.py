"""The rows of an export: a desk's registrations in one language, with one column for each question."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeAlias

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.coreutils import get_content_languages

from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.exports.guests import GuestColumns
from verkosto.registrations.exports.meetings import MeetingColumns
from verkosto.registrations.models import Desk, Question, Registration
from verkosto.registrations.models.encrypted_answers import readable_answers
from verkosto.registrations.questions.types.base import Cell

PORTION = 2000  # rows read at once
FIELDS = (
    "pk",
    "reference",
    "name",
    "email",
    "organisation",
    "places",
    "status",
    "language",
    "created_at",
    "attendance",
    "checked_in_at",
    "answers",
)
FIELDS_BEFORE_ANSWERS = FIELDS[1:-1]
# JSON columns are read as text and decoded here: the ORM's decoding takes longer than the rest of a row.
JSON_AS_TEXT = {name: Cast(name, TextField()) for name in ("answers", "sensitive__answers")}
#: Takes JSON, and returns the value and the position after it.
decode = json.JSONDecoder().raw_decode
#: The values of ``FIELDS`` of one registration, as the database has them; the last are the answers.
Record: TypeAlias = tuple[Any, ...]


@dataclass
class Export:
    """A selection of one desk's registrations, with or without the sensitive answers.

    The rows are read by primary key, ``portion`` rows at a time. So memory is constant, no database cursor stays open
    during a slow download, and the first row is sent immediately.
    """

    desk: Desk
    registrations: QuerySet[Registration]
    language: str
    sensitive: bool = False
    portion: int = field(default=PORTION)

    @cached_property
    def questions(self) -> list[Question]:
        """The questions that take answers, those in use first; sensitive ones only if ``sensitive``."""
        return [
            question
            for question in self.desk.questions.select_related("desk")
            if question.question_type.takes_answer and (self.sensitive or not question.sensitive)
        ]

    @cached_property
    def meetings(self) -> MeetingColumns:
        """The columns of the meetings of a series, after those of the questions."""
        return MeetingColumns(self.desk, self.language, portion=self.portion)

    @cached_property
    def guests(self) -> GuestColumns:
        """The columns of the guests, after those of the questions."""
        meetings = self.meetings.meetings
        return GuestColumns(
            self.desk, self.language, portion=self.portion, questions=self.questions, meetings=meetings
        )

    @cached_property
    def header(self) -> list[str]:
        """The columns' titles in the export's language; questions no longer asked are marked."""
        with translation.override(self.language):
            titles = [
                _("Reference"),
                _("Name"),
                _("Email"),
                _("Organisation"),
                _("Places"),
                _("Status"),
                _("Language"),
                _("Registered"),
                pgettext("registration", "Attendance"),
                _("Checked in"),
            ]
            for question in self.questions:
                label = question.label(self.language)
                titles.append(
                    _("%(question)s (no longer asked)") % {"question": label} if question.is_retired else label
                )
            return [*titles, *self.guests.titles, *self.meetings.titles]

    def records(self) -> Iterator[Record]:
        """Yield the values of ``FIELDS`` for each registration.

        Answers are a dictionary, with the sensitive ones if ``sensitive``.
        """
        rows = self.registrations.order_by("pk")
        names = (*FIELDS, "sensitive__answers") if self.sensitive else FIELDS
        fields = [JSON_AS_TEXT.get(name, name) for name in names]
        last_pk, found = 0, self.portion
        # A portion with fewer rows than asked for is the last.
        while found == self.portion:
            found = 0
            portion = rows.filter(pk__gt=last_pk).values_list(*fields)[: self.portion]
            for row in portion.iterator(chunk_size=self.portion):
                found, last_pk = found + 1, row[0]
                if self.sensitive:
                    *row, sensitive = row
                    answers = {**decode(row[-1])[0], **(readable_answers(decode(sensitive)[0]) if sensitive else {})}
                else:
                    answers = decode(row[-1])[0]
                yield (*row[:-1], answers)

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows as texts in the export's language, in the order of ``header``.

        Numbers stay numbers; None is an empty cell.
        """
        statuses, attendances, languages = self._labels
        exporters, meetings, guests = self.exporters, self.meetings, self.guests
        zone = timezone.get_current_timezone()

        def local_time(at: datetime) -> str:
            return at.astimezone(zone).isoformat(" ", "minutes")[:16]  # without the offset from UTC

        for record in self.records():
            (pk, reference, name, email, organisation, places) = record[:6]
            (status, language, created_at, attendance, checked_in_at, answers) = record[6:]
            yield [
                reference,
                name,
                email,
                organisation,
                places,
                statuses.get(status, status),
                languages.get(language, language),
                local_time(created_at),
                attendances.get(attendance),
                local_time(checked_in_at) if checked_in_at else None,
                *[export_cell(answers[key]) if key in answers else None for key, export_cell in exporters],
                *(guests.cells(pk, meetings.statuses(pk)) if guests.titles else ()),
                *(meetings.cells(pk) if meetings.titles else ()),
            ]

    @cached_property
    def _labels(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        with translation.override(self.language):
            return (
                {value: str(label) for value, label in RegistrationStatus.choices},
                {value: str(label) for value, label in Attendance.choices if value},
                {code: str(name) for code, name in get_content_languages().items()},
            )

    @cached_property
    def exporters(self) -> list[tuple[str, Callable[[object], Cell]]]:
        """The key of each question, and the function that turns its stored answer into a cell."""
        return [
            (question.key, question.question_type.exporter(question, self.language)) for question in self.questions
        ]
