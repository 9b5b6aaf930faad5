"""The kinds of files an export can be. An installed app adds one through the hook ``register_export_formats``."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .rows import FIXED, Export
from .xlsx import stream_xlsx

# A spreadsheet takes what begins with one of these for a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class ExportFormat:
    """``stream`` yields the file's bytes portion by portion."""

    name: str
    label: Any
    content_type: str
    stream: Callable[[Export], Iterator[bytes]]


class _Line:
    """A file that hands back what the csv module writes to it."""

    def write(self, text: str) -> str:
        return text


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def stream_csv(export: Export) -> Iterator[bytes]:
    """UTF-8 with its mark, by which spreadsheets know it; comma, quotes where needed (RFC 4180)."""
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf" + writer.writerow([harmless(title) for title in export.header]).encode()
    for portion in export.rows():
        yield "".join([writer.writerow([harmless(cell) for cell in row]) for row in portion]).encode()


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
    comma = ""
    for portion in export.records():
        lines = []
        for record in portion:
            answers = {**record[-2], **(record[-1] or {})}
            person = dict(zip(FIXED, record[1:-2], strict=True))
            person["answers"] = {
                key: {"value": answers[key], "words": display(answers[key])}
                for key, display in export.displays
                if key in answers
            }
            lines.append(f"{comma}\n{_json(person)}")
            comma = ","
        yield "".join(lines).encode()
    yield b"\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


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
        ExportFormat(name="json", label=_("For programs (JSON)"), content_type="application/json", stream=stream_json),
    ]
    added = [kind for hook in hooks.get_hooks("register_export_formats") for kind in hook()]
    return {kind.name: kind for kind in [*own, *added]}
