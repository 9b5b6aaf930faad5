"""The format JSON: the questions, then the registrations with each answer as stored and as text."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from verkosto.registrations.exports.portions import in_portions
from verkosto.registrations.exports.rows import FIELDS, FIELDS_BEFORE_ANSWERS, Export, Record
from verkosto.registrations.questions.types.base import Cell

_json = json.JSONEncoder(ensure_ascii=False).encode


def stream_json(export: Export) -> Iterator[bytes]:
    """Yield the file, one line for each registration."""
    questions = [
        {
            "key": question.key,
            "type": question.type,
            "label": question.label(export.language),
            "retired": question.is_retired,
            "sensitive": question.sensitive,
            "each_attendee": question.each_attendee,
        }
        for question in export.questions
    ]
    head = {"event": export.desk.version(export.language).get("title", ""), "key": str(export.desk.translation_key)}
    opening = _json({**head, "language": export.language, "questions": questions, **_meetings(export)})
    # The object is left open for its last member, the registrations.
    yield f'{opening[:-1]}, "registrations": ['.encode()
    buffer = io.StringIO()

    def write(record: Record) -> None:
        buffer.write(f",\n{_json(_registration(record, export))}")

    portions = in_portions(buffer, map(write, export.records()))
    # A comma stands before every registration; that of the first is cut off.
    yield next(portions)[1:]
    yield from portions
    yield b"\n]}\n"


def _meetings(export: Export) -> dict[str, object]:
    """Return the meetings of a series with their keys; {} for a single event."""
    meetings = [
        {"key": meeting.uid, "title": meeting.title, "starts_at": meeting.starts_at.isoformat()}
        for meeting in export.meetings.meetings
    ]
    return {"meetings": meetings} if meetings else {}


def _registration(record: Record, export: Export) -> dict[str, object]:
    """Return one registration as JSON: each field under its name, and the answers by question key."""
    fields = dict(zip(FIELDS, record, strict=True))
    answers, statuses = fields["answers"], export.meetings.statuses(fields["pk"])
    return {
        **{name: fields[name] for name in FIELDS_BEFORE_ANSWERS},
        "guests": [
            {
                "name": guest.name,
                "email": guest.email,
                "organisation": guest.organisation,
                "attendance": guest.attendance,
                **_answers(guest.all_answers() if export.guests.questions else {}, export.guests.exporters),
                **({"meetings": export.guests.statuses(guest, statuses)} if export.meetings.meetings else {}),
            }
            for guest in export.guests.of(fields["pk"])
        ],
        "created_at": fields["created_at"].isoformat(),
        "checked_in_at": fields["checked_in_at"] and fields["checked_in_at"].isoformat(),
        **({"meetings": statuses} if export.meetings.meetings else {}),
        **_answers(answers, export.exporters),
    }


def _answers(
    answers: Mapping[str, object], exporters: Sequence[tuple[str, Callable[[object], Cell]]]
) -> dict[str, object]:
    """Return a person's answers by question key, as stored and as text."""
    known = [(key, cell) for key, cell in exporters if key in answers]
    return {"answers": {key: {"value": answers[key], "text": cell(answers[key])} for key, cell in known}}
