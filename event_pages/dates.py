"""The date of an event: a date and time, a day or days, a month, or not yet known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from event_pages.enums import DatePrecision
from verkosto.core import formats
from verkosto.core.zones import end_of_day, last_moment, start_of_day

#: The sort key of events without a date, which come after all others.
FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)

WORD_JOINER = "\u2060"  # forbids a line break where it stands


@dataclass(frozen=True, slots=True)
class DatePart:
    """A piece of a date as text, with its machine-readable value where it has one (HTML ``<time datetime>``)."""

    text: str
    datetime: str = ""

    @property
    def html(self) -> SafeString:
        if self.text == "–":
            return format_html("–{}", WORD_JOINER)  # without it, a line might end after the dash in "13.00–15.45"
        if self.datetime:
            return format_html('<time datetime="{}">{}</time>', self.datetime, self.text)
        return format_html("{}", self.text)


@dataclass(frozen=True, slots=True)
class DateBlock:
    """A date as the block of a list: weekday and day in large, and the time or what is missing below. All may be empty.

    A range of days or of times has a part for its start and one for its end.
    """

    weekday: str = ""
    days: tuple[DatePart, ...] = ()
    year: str = ""
    times: tuple[DatePart, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventDate:
    """A time, a range of days, a month or no date yet, as ``precision`` says.

    ``start`` and ``end`` are aware; ``first_day`` and ``last_day`` are days in ``zone`` (IANA name).
    """

    precision: str
    zone: str
    start: datetime | None = None
    end: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def is_dated(self) -> bool:
        """Whether the day is known, so that a calendar can hold it."""
        return self.precision in (DatePrecision.EXACT, DatePrecision.DATE)

    @property
    def local_start(self) -> datetime | None:
        return self.start and self.start.astimezone(self.tzinfo)

    @property
    def local_end(self) -> datetime | None:
        return self.end and self.end.astimezone(self.tzinfo)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day in the event's own zone; None where no day is known."""
        if self.local_start:
            return self.local_start.date(), (self.local_end or self.local_start).date()
        if self.precision == DatePrecision.DATE and self.first_day:
            return self.first_day, self.last_day or self.first_day
        return None

    @property
    def possible_days(self) -> tuple[date, date] | None:
        """The first and the last day on which the event may be; those of the month if only the month is known."""
        if self.precision == DatePrecision.MONTH and self.first_day:
            return self.first_day.replace(day=1), _last_of_month(self.first_day)
        return self.days

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first and the last moment, aware, by which lists sort.

        A day lasts until its end, also for an event with a start time but no end time. Of a month both are its last
        moment, so that "June 2026, date to be confirmed" comes after the dated events of June. Events without a date
        come last.
        """
        if self.precision == DatePrecision.EXACT and self.start:
            return self.start, last_moment(self.start, self.end, self.zone) or self.start
        if self.precision == DatePrecision.DATE and self.first_day:
            return start_of_day(self.first_day, self.zone), end_of_day(self.last_day or self.first_day, self.zone)
        if self.precision == DatePrecision.MONTH and self.first_day:
            moment = end_of_day(_last_of_month(self.first_day), self.zone)
            return moment, moment
        return FAR_FUTURE, FAR_FUTURE

    def text(self) -> str:
        """Return the date in the active language as plain text."""
        return "".join(part.text for part in self.parts())

    def html(self) -> SafeString:
        """Return the date in the active language with ``<time>`` elements and a capital first letter."""
        return format_html_join("", "{}", ((part.html,) for part in _capitalised(self.parts())))

    def block(self, today: date) -> DateBlock:
        """Return the date as a block in the active language, with its year where that is not the one of ``today``."""
        if self.days is None:
            return self._undated_block(today)
        first, last = self.days
        year = "" if first.year == last.year == today.year else year_range(first.year, last.year)
        start = (self.local_start or first).isoformat()
        days: tuple[DatePart, ...]
        if first == last:
            weekday, days = formats.format_short_weekday(first), (DatePart(formats.format_short_day(first), start),)
        else:
            weekday = _weekday_range(first, last, formats.format_short_weekday)
            opening, closing = formats.format_short_day_range(first, last)
            days = (DatePart(opening, start), DatePart(closing, (self.local_end or last).isoformat()))
        zone = formats.with_time_zone("", self.zone) if self.local_start else ""
        return DateBlock(capfirst(weekday), days, year, self._times() if first == last else (), zone)

    def _undated_block(self, today: date) -> DateBlock:
        if not self.possible_days:
            return DateBlock(note=gettext("The date will be announced later"))
        first, last = self.possible_days
        note = gettext("date to be confirmed") if last >= today else ""
        month = DatePart(capfirst(formats.format_month(first)), f"{first:%Y-%m}")
        return DateBlock(days=(month,), note=capfirst(note))

    def _times(self) -> tuple[DatePart, ...]:
        """Return the start and the end of an event of one day, as far as they are known."""
        start, end = self.local_start, self.local_end
        if start is None:
            return ()
        if end is None or end == start:
            return (DatePart(formats.format_time(start), start.isoformat()),)
        opening, joiner, closing = formats.format_time_range(start, end)
        return DatePart(opening, start.isoformat()), DatePart(joiner), DatePart(closing, end.isoformat())

    def start_time_on(self, day: date) -> time | None:
        """Return the time at which the event starts on a day in its own zone; None on other days and where none is known."""
        start = self.local_start
        return start.time() if start and start.date() == day else None

    def parts(self) -> Iterator[DatePart]:
        """Yield the pieces of the date in the active language."""
        if self.precision == DatePrecision.EXACT and self.start:
            yield from self._exact_parts()
        elif self.precision == DatePrecision.DATE and self.first_day:
            yield from self._day_parts(self.first_day, self.last_day or self.first_day)
        elif self.precision == DatePrecision.MONTH and self.first_day:
            yield DatePart(formats.format_month(self.first_day), f"{self.first_day:%Y-%m}")
            if self.span[1] >= timezone.now():
                yield DatePart(gettext(", date to be confirmed"))
        else:
            yield DatePart(gettext("The date will be announced later"))

    def _exact_parts(self) -> Iterator[DatePart]:
        start, end = self.local_start, self.local_end
        if start is None:
            return
        if end is None or end == start:
            yield DatePart(_day_and_clock(start), start.isoformat())
        elif end.date() == start.date():
            opening, joiner, closing = formats.format_time_range(start, end)
            day = formats.format_day_with_weekday(start)
            yield DatePart(formats.join_day_and_time(day, opening), start.isoformat())
            yield DatePart(joiner)
            yield DatePart(closing, end.isoformat())
        else:
            yield DatePart(_day_and_clock(start), start.isoformat())
            yield DatePart(" – ")
            yield DatePart(_day_and_clock(end), end.isoformat())
        if zone := formats.with_time_zone("", self.zone):
            yield DatePart(zone)

    def _day_parts(self, first: date, last: date) -> Iterator[DatePart]:
        if first == last:
            yield DatePart(formats.format_day_with_weekday(first), first.isoformat())
            return
        opening, joiner, closing = formats.format_day_range(first, last)
        weekdays = _weekday_range(first, last, formats.format_weekday)
        yield DatePart(f"{weekdays} {opening}".lstrip(), first.isoformat())
        yield DatePart(joiner)
        yield DatePart(closing, last.isoformat())


def _day_and_clock(moment: datetime) -> str:
    return formats.join_day_and_time(formats.format_day_with_weekday(moment), formats.format_time(moment))


def _weekday_range(first: date, last: date, weekday: Callable[[date], str]) -> str:
    """Return the weekdays of a range of at most a week: "ke–to"; "" for a longer one, where they say nothing."""
    return f"{weekday(first)}–{weekday(last)}" if last - first < timedelta(days=7) else ""


def _capitalised(parts: Iterator[DatePart]) -> Iterator[DatePart]:
    """Yield the parts, the first with a capital letter: "Kesäkuu 2026, päivä ilmoitetaan myöhemmin"."""
    for first in islice(parts, 1):
        yield replace(first, text=capfirst(first.text))
    yield from parts


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def year_range(first: int | None, last: int | None) -> str:
    """Return "2019–2020", "2019", or "" where no year is known."""
    return f"{first}–{last}" if last and last != first else str(first or "")
