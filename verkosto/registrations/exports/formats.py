"""The kinds of files an export can be. An installed app adds one through the hook ``register_verkosto_export_formats``."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from verkosto.registrations.exports.rows import FIXED, NOBODY, Export, decode
from verkosto.registrations.exports.xlsx import stream_xlsx

# A spreadsheet takes what begins with one of these for a formula (OWASP, "CSV injection").
FORMULA = frozenset("=+-@\t\r")
PORTION = 64 * 1024  # characters that leave at once


@dataclass(frozen=True, kw_only=True)
class ExportFormat:
    """``stream`` yields the file's bytes portion by portion."""

    name: str
    label: Any
    content_type: str
    stream: Callable[[Export], Iterator[bytes]]


def stream_csv(export: Export) -> Iterator[bytes]:
    """UTF-8 with its mark, by which spreadsheets know it; comma, quotes where needed (RFC 4180)."""
    written = io.StringIO()
    writer = csv.writer(written)

    def write(row: list[Any]) -> None:
        # An apostrophe makes a formula a text.
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA else cell for cell in row])

    write(export.header)
    yield b"\xef\xbb\xbf" + written.getvalue().encode()
    yield from in_portions(written, map(write, export.rows()))


def in_portions(written: io.StringIO, steps: Iterable[Any]) -> Iterator[bytes]:
    """What the steps write, in portions of some size."""
    written.seek(0)
    written.truncate()
    for _step in steps:
        if written.tell() > PORTION:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def stream_json(export: Export) -> Iterator[bytes]:
    """Questions by key, then registrations with each answer as stored and in words."""
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

    def write(record: tuple[Any, ...]) -> None:
        answers = record[-1]
        person = dict(zip(FIXED, record[1:-1], strict=True))
        person["companions"] = [] if record[6] == NOBODY else decode(record[6])[0]
        person["created_at"] = record[9].isoformat()
        person["checked_in_at"] = record[11] and record[11].isoformat()
        person["answers"] = {
            key: {"value": answers[key], "words": display(answers[key])}
            for key, display in export.displays
            if key in answers
        }
        written.write(f",\n{_json(person)}")

    portions = in_portions(written, map(write, export.records()))
    # The first begins with the comma that parts a person from the one before.
    yield next(portions)[1:]
    yield from portions
    yield b"\n]}\n"


_json = json.JSONEncoder(ensure_ascii=False).encode


@cache
def export_formats() -> dict[str, ExportFormat]:
    """Formats by name, in the order in which staff see them."""
    own = [
        ExportFormat(
            name="xlsx",
            label=_("Spreadsheet (XLSX)"),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            stream=stream_xlsx,
        ),
        ExportFormat(name="csv", label=_("Comma-separated (CSV)"), content_type="text/csv", stream=stream_csv),
        ExportFormat(name="json", label=_("JSON"), content_type="application/json", stream=stream_json),
    ]
    added = [kind for hook in hooks.get_hooks("register_verkosto_export_formats") for kind in hook()]
    return {kind.name: kind for kind in [*own, *added]}
