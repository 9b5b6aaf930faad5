"""A desk's registrations as rows of an export: read in portions, one column a question, in one language."""

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
from verkosto.registrations.models import Desk, Question, Registration
from verkosto.registrations.questions.types.base import Cell

PORTION = 2000  # rows read at once
FIELDS = (
    "pk",
    "reference",
    "name",
    "email",
    "organisation",
    "places",
    "companions",
    "status",
    "language",
    "created_at",
    "attendance",
    "checked_in_at",
    "answers",
)
FIXED = FIELDS[1:-1]
# JSON is read as text and decoded here: the ORM's decoding of each column costs more than the rest of a row.
AS_STORED = {name: Cast(name, TextField()) for name in ("companions", "answers", "sensitive__answers")}
NOBODY = "[]"
decode = json.JSONDecoder().raw_decode
#: The values of ``FIELDS`` of one registration, as the database has them; the last are the answers.
Record: TypeAlias = tuple[Any, ...]


@dataclass
class Export:
    """What is exported: a selection of one desk's registrations, with or without the sensitive answers.

    Rows are read by key, ``portion`` at a time: constant memory, no cursor that stays open during a slow download, and
    the first row at once.
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
    def header(self) -> list[str]:
        """The columns' titles in the export's language; questions no longer asked are marked."""
        with translation.override(self.language):
            titles = [
                _("Reference"),
                _("Name"),
                _("Email"),
                _("Organisation"),
                _("Places"),
                _("Guests"),
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
            return titles

    def records(self) -> Iterator[Record]:
        """Yield rows of ``FIELDS``: companions are JSON, the answers a dictionary that includes the sensitive ones."""
        rows = self.registrations.order_by("pk")
        names = (*FIELDS, "sensitive__answers") if self.sensitive else FIELDS
        fields = [AS_STORED.get(name, name) for name in names]
        last, found = 0, self.portion
        while found == self.portion:
            found = 0
            portion = rows.filter(pk__gt=last).values_list(*fields)[: self.portion]
            for row in portion.iterator(chunk_size=self.portion):
                found, last = found + 1, row[0]
                if self.sensitive:
                    *row, apart = row
                    answers = {**decode(row[-1])[0], **(decode(apart)[0] if apart else {})}
                else:
                    answers = decode(row[-1])[0]
                yield (*row[:-1], answers)

    def rows(self) -> Iterator[list[Cell]]:
        """Yield rows as people read them, in the order of ``header``; numbers stay numbers, None is an empty cell."""
        statuses, attendances, languages = self._labels
        exporters = self.exporters
        zone = timezone.get_current_timezone()

        def moment(at: datetime) -> str:
            return at.astimezone(zone).isoformat(" ", "minutes")[:16]

        for record in self.records():
            (_pk, reference, name, email, organisation, places, companions) = record[:7]
            (status, language, created_at, attendance, checked_in_at, given) = record[7:]
            yield [
                reference,
                name,
                email,
                organisation,
                places,
                None if companions == NOBODY else ", ".join(decode(companions)[0]),
                statuses.get(status, status),
                languages.get(language, language),
                moment(created_at),
                attendances.get(attendance),
                moment(checked_in_at) if checked_in_at else None,
                *[export_cell(given[key]) if key in given else None for key, export_cell in exporters],
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
        """(key, function from a stored answer to a cell) of each question."""
        return [
            (question.key, question.question_type.exporter(question, self.language)) for question in self.questions
        ]
