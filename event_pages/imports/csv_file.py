"""The reader of events in CSV files, by the names of their columns, and the template of such a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from event_pages.enums import Attendance
from event_pages.event_types import event_types, site_time_zone, time_zones
from event_pages.imports.csv_dates import read_end, read_start
from event_pages.imports.values import (
    FileEvent,
    UnreadableFile,
    Values,
    by_day,
    date_notes,
    in_zone,
    key_without_identifier,
    plain_text,
    source_key,
    timed,
)
from verkosto.core.text import clean_line, clean_name

#: The columns by key, which is also their name in English files, with the name that people see.
COLUMNS: dict[str, str | Promise] = {
    "id": pgettext_lazy("column of a file of events", "Id"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "description": gettext_lazy("Description"),
    "start": pgettext_lazy("column of a file of events", "Start"),
    "end": pgettext_lazy("column of a file of events", "End"),
    "time_zone": gettext_lazy("time zone"),
    "venue": gettext_lazy("venue"),
    "room": gettext_lazy("room"),
    "format": pgettext_lazy("of an event", "Format"),
    "joining_link": gettext_lazy("joining link"),
    "registration_link": gettext_lazy("Registration link"),
    "event_type": gettext_lazy("Event type"),
    "audience": gettext_lazy("who it is for"),
}
NEEDED = ("title", "start")
#: The columns whose text becomes the value of a field as it is.
FIELDS = {"joining_link": "joining_url", "registration_link": "external_registration_url", "room": "room"}
MAX_CELLS = 60  # read of a row
SEPARATORS = ";,\t"


def read_table(text: str) -> Iterator[FileEvent]:
    """Yield the events of a CSV, whose first row names its columns. Raise UnreadableFile without that."""
    header_line = text.lstrip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(SEPARATORS, key=header_line.count), strict=True)
    columns: list[str] | None = None
    try:
        for row in rows:
            cells = [cell.strip() for cell in row[:MAX_CELLS]]
            if columns is None and any(cells):
                columns = _columns(cells)
            elif columns is not None and any(cells):
                yield _row(dict(zip(columns, cells, strict=False)), rows.line_num)
    except csv.Error as error:
        if columns is None:
            raise UnreadableFile(_no_header()) from error
        yield FileEvent(number=rows.line_num, problem=_("A quotation mark is not closed. Later rows were not read."))
    if columns is None:
        raise UnreadableFile(_no_header())


def template_rows() -> list[list[str]]:
    """Return a header and an example in the active language."""
    example = {
        "id": "2027-01",
        "title": _("Breakfast seminar on open data"),
        "summary": _("What agencies have learned of publishing their data."),
        "start": "20.5.2027 8.30",
        "end": "20.5.2027 10.00",
        "time_zone": site_time_zone(),
        "venue": _("Name of a venue"),
        "room": _("Auditorium"),
        "format": str(Attendance.HYBRID.label),
        "event_type": str(event_types()[0][1]),
        "audience": _("Everyone who works with data"),
    }
    return [[_label(key) for key in COLUMNS], [example.get(key, "") for key in COLUMNS]]


def _columns(cells: Iterable[str]) -> list[str]:
    """Return the keys of the columns that a header names, "" for others. Raise UnreadableFile if a needed one is missing."""
    known = _names()
    columns = [known.get(_folded(cell), "") for cell in cells]
    if missing := [_label(key) for key in NEEDED if key not in columns]:
        text = _("The file has no column “%(name)s”. The first row has to name the columns, as in the template.")
        raise UnreadableFile(text % {"name": missing[0]})
    if twice := next((key for key in COLUMNS if columns.count(key) > 1), ""):
        raise UnreadableFile(_("The column “%(name)s” occurs twice.") % {"name": _label(twice)})
    return columns


def _names() -> dict[str, str]:
    """Return the key of each column by its names: the key itself, and those in every language."""
    found = {_folded(key): key for key in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {_folded(str(name)): key for key, name in COLUMNS.items()}
    return found


def _label(key: str) -> str:
    """Return the name of a column in the active language."""
    return str(capfirst(str(COLUMNS[key])))


def _folded(name: str) -> str:
    return clean_line(name).replace("_", " ").replace("-", " ").casefold()


def _no_header() -> str:
    return _("The file has no columns. The first row has to name them, as in the template.")


def _row(cells: Mapping[str, str], number: int) -> FileEvent:
    title = clean_name(cells.get("title", ""))
    try:
        return _event(cells, number, title)
    except UnreadableFile as error:
        return FileEvent(number=number, title=title, problem=str(error))


def _event(cells: Mapping[str, str], number: int, title: str) -> FileEvent:
    if not title:
        raise UnreadableFile(_("It has no title."))
    dates, start = _dates(cells)
    values: dict[str, Any] = {"title": title, **dates, **_texts(cells)}
    for column, choices, field in (("format", _formats, "attendance"), ("event_type", event_types, "kind")):
        if cells.get(column):
            values[field] = _chosen(column, cells[column], choices)
    identifier = clean_line(cells.get("id", ""))
    notes = date_notes(dates)
    if not identifier:
        notes.append(_("It has no id, so it is recognised by its title and start."))
    return FileEvent(
        number=number,
        # The prefix keeps an id from being the UID of a calendar's event.
        source_key=source_key(f"csv:{identifier}") if identifier else key_without_identifier(title, start),
        title=title,
        values=values,
        venue=clean_line(cells["venue"]) if "venue" in cells else None,
        notes=tuple(notes),
    )


def _texts(cells: Mapping[str, str]) -> Values:
    """Return the fields of the text columns that the file has."""
    texts = {field: clean_line(cells[column]) for column, field in FIELDS.items() if column in cells}
    if "audience" in cells:
        texts["audience"] = plain_text(cells["audience"])
    if "summary" in cells:
        texts["summary"] = " ".join(plain_text(cells["summary"]).split())
    if "description" in cells:
        texts["body"] = plain_text(cells["description"])
    return texts


def _dates(cells: Mapping[str, str]) -> tuple[Values, date]:
    """Return the date fields of a row, and its start."""
    zone = clean_line(cells.get("time_zone", "")) or site_time_zone()
    if zone not in dict(time_zones()):
        text = _("The time zone “%(name)s” is unknown. Write it as “Europe/Helsinki”.")
        raise UnreadableFile(text % {"name": zone[:50]})
    start = read_start(clean_line(cells.get("start", "")))
    end = read_end(clean_line(cells.get("end", "")), start)
    if not isinstance(start, datetime):
        if isinstance(end, datetime):
            raise UnreadableFile(_("Its start is a day and its end a time. Write both with a time, or neither."))
        return by_day(start, end, zone), start
    if end is not None and not isinstance(end, datetime):
        raise UnreadableFile(_("Its start is a time and its end a day. Write both with a time, or neither."))
    return timed(_aware(start, zone), _aware(end, zone) if end else None, zone), start


def _aware(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo else in_zone(moment, zone)


def _formats() -> list[tuple[str, object]]:
    return list(Attendance.choices)


def _chosen(column: str, text: str, choices: Callable[[], list[tuple[str, object]]]) -> str:
    """Return the key of a choice by its key, or by its name in any language. Raise UnreadableFile for another text."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for key, name in choices():
                if _folded(text) in (_folded(key), _folded(str(name))):
                    return key
    names = ", ".join(str(name) for _key, name in choices())
    text_of_error = _("“%(text)s” is not one of the values of “%(column)s”: %(names)s.")
    raise UnreadableFile(text_of_error % {"text": clean_line(text)[:50], "column": _label(column), "names": names})
