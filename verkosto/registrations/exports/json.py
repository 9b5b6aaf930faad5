"""JSON: the questions by key, then the registrations with each answer as stored and as people read it."""

import io
import json
from collections.abc import Iterator

from verkosto.registrations.exports.portions import in_portions
from verkosto.registrations.exports.rows import FIXED, NOBODY, Export, Record, decode

_json = json.JSONEncoder(ensure_ascii=False).encode


def stream_json(export: Export) -> Iterator[bytes]:
    """Yield the file, one registration a line."""
    questions = [
        {
            "key": question.key,
            "type": question.type,
            "label": question.label(export.language),
            "retired": question.is_retired,
            "sensitive": question.sensitive,
        }
        for question in export.questions
    ]
    head = {"event": export.desk.version(export.language).get("title", ""), "key": str(export.desk.translation_key)}
    opening = _json({**head, "language": export.language, "questions": questions})
    yield f'{opening[:-1]}, "registrations": ['.encode()
    written = io.StringIO()

    def write(record: Record) -> None:
        written.write(f",\n{_json(_registration(record, export))}")

    portions = in_portions(written, map(write, export.records()))
    # The first begins with the comma that separates a registration from the one before.
    yield next(portions)[1:]
    yield from portions
    yield b"\n]}\n"


def _registration(record: Record, export: Export) -> dict[str, object]:
    answers = record[-1]
    return {
        **dict(zip(FIXED, record[1:-1], strict=True)),
        "companions": [] if record[6] == NOBODY else decode(record[6])[0],
        "created_at": record[9].isoformat(),
        "checked_in_at": record[11] and record[11].isoformat(),
        "answers": {
            key: {"value": answers[key], "text": export_cell(answers[key])}
            for key, export_cell in export.exporters
            if key in answers
        },
    }
