"""The dates and times that people and spreadsheet programs write into CSV files."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from event_pages.imports.values import UnreadableFile
from verkosto.core.forms import YEARS

#: 2027-05-20, 20.5.2027 and 20/05/2027: the day comes before the month, as in the site's languages.
ISO_DAY = r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
LOCAL_DAY = r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"
CLOCK = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?"
#: "klo" and "kl." stand before times in Finnish and Swedish; "T" is that of ISO 8601.
BETWEEN = r"(?:T|,?\s+(?:(?:klo|kl\.|at)\s+)?)"
MOMENTS = tuple(re.compile(rf"{day}(?:{BETWEEN}{CLOCK})?", re.IGNORECASE) for day in (ISO_DAY, LOCAL_DAY))
TIME_ALONE = re.compile(rf"(?:(?:klo|kl\.|at)\s+)?{CLOCK}", re.IGNORECASE)
WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)")


def read_start(text: str) -> datetime | date:
    """Return a day or a time; a time is naive unless it has an offset. Raise UnreadableFile for another text."""
    if not text:
        raise UnreadableFile(_("It has no start."))
    found = _read(text)
    if found is None:
        raise _not_a_date(text)
    return found


def read_end(text: str, start: datetime | date) -> datetime | date | None:
    """Return an end, which may be a time alone, on the day of the start; None for none. Raise UnreadableFile as above."""
    if not text:
        return None
    clock = TIME_ALONE.fullmatch(text)
    if clock and isinstance(start, datetime):
        try:
            return start.replace(hour=int(clock["hour"]), minute=int(clock["minute"]), second=0)
        except ValueError as error:
            raise _not_a_date(text) from error
    found = _read(text)
    if found is None:
        raise _not_a_date(text)
    return found


def _read(text: str) -> datetime | date | None:
    try:
        if WITH_OFFSET.fullmatch(text):
            moment = parse_datetime(text)
            return moment if moment and moment.year in YEARS else None
        match = next((found for pattern in MOMENTS if (found := pattern.fullmatch(text))), None)
        if match is None:
            return None
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
        if day.year not in YEARS:
            return None
        return datetime.combine(day, time(int(match["hour"]), int(match["minute"]))) if match["hour"] else day
    except ValueError:
        return None


def _not_a_date(text: str) -> UnreadableFile:
    message = _("“%(text)s” is not a date that can be read. Write it as 2027-05-20 12:00 or 20.5.2027 12.00.")
    return UnreadableFile(message % {"text": text[:50]})
