"""When an event takes place: exactly, on a day, in a month, or not yet known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import TextChoices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from verkosto.core import formats

#: Where what has no date yet stands in every chronological order: after all that has one.
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)

WORD_JOINER = "\u2060"


class Precision(TextChoices):
    EXACT = "exact", _("Date and time")
    DATE = "date", _("Date without a time")
    MONTH = "month", _("Month only, date to be confirmed")
    UNANNOUNCED = "unannounced", pgettext_lazy("date of an event", "Not yet announced")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a date in words, with its machine-readable value where it has one (HTML ``<time datetime>``)."""

    text: str
    datetime: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A moment, a span of days, a month or nothing; ``start`` and ``end`` are aware, days are local to ``zone``."""

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
        """Whether the day is known, so that it fits into a calendar."""
        return self.precision in (Precision.EXACT, Precision.DATE)

    @property
    def local_start(self) -> datetime | None:
        return self.start and self.start.astimezone(self.tzinfo)

    @property
    def local_end(self) -> datetime | None:
        return self.end and self.end.astimezone(self.tzinfo)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day in the event's own zone, or None where no day is known."""
        if self.local_start:
            return self.local_start.date(), (self.local_end or self.local_start).date()
        if self.precision == Precision.DATE and self.first_day:
            return self.first_day, self.last_day or self.first_day
        return None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The aware moments that it sorts by: a day lasts to its end, a month counts as its last moment, so that
        "June 2026, date to come" stands after the dated events of June; what is not announced stands last."""
        if self.precision == Precision.EXACT and self.start:
            return self.start, self.end or self.start
        if self.precision == Precision.DATE and self.first_day:
            return self._midnight(self.first_day), self._day_end(self.last_day or self.first_day)
        if self.precision == Precision.MONTH and self.first_day:
            moment = self._day_end(_last_of_month(self.first_day))
            return moment, moment
        return NOT_YET, NOT_YET

    def words(self) -> str:
        """The date in the active language as plain text."""
        return "".join(part.text for part in self.parts())

    def html(self) -> SafeString:
        """The date in the active language with ``<time>`` elements; it begins as a line of its own does."""
        return format_html_join("", "{}", ((_element(part),) for part in _begun(self.parts())))

    def parts(self) -> Iterator[Part]:
        if self.precision == Precision.EXACT and self.start:
            yield from self._exact_parts()
        elif self.precision == Precision.DATE and self.first_day:
            yield from self._day_parts(self.first_day, self.last_day or self.first_day)
        elif self.precision == Precision.MONTH and self.first_day:
            yield Part(formats.format_month(self.first_day), f"{self.first_day:%Y-%m}")
            yield Part(gettext(", date to be confirmed"))
        else:
            yield Part(gettext("The date will be announced later"))

    def _exact_parts(self) -> Iterator[Part]:
        start, end = self.local_start, self.local_end
        if start is None:
            return
        if end is None or end == start:
            yield Part(_day_and_clock(start), start.isoformat())
        elif end.date() == start.date():
            opening, joiner, closing = formats.format_time_range(start, end)
            yield Part(formats.join_day_and_time(formats.format_day(start), opening), start.isoformat())
            yield Part(joiner)
            yield Part(closing, end.isoformat())
        else:
            yield Part(_day_and_clock(start), start.isoformat())
            yield Part(" – ")
            yield Part(_day_and_clock(end), end.isoformat())
        if self.zone != settings.TIME_ZONE:
            yield Part(" " + gettext("(time zone: %(zone)s)") % {"zone": formats.format_time_zone(self.zone)})

    def _day_parts(self, first: date, last: date) -> Iterator[Part]:
        if first == last:
            yield Part(formats.format_day(first), first.isoformat())
            return
        opening, joiner, closing = formats.format_day_range(first, last)
        yield Part(opening, first.isoformat())
        yield Part(joiner)
        yield Part(closing, last.isoformat())

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self.tzinfo).astimezone(UTC)

    def _day_end(self, day: date) -> datetime:
        return self._midnight(day + timedelta(days=1)) - timedelta(microseconds=1)


def _day_and_clock(moment: datetime) -> str:
    return formats.join_day_and_time(formats.format_day(moment), formats.format_time(moment))


def _begun(parts: Iterator[Part]) -> Iterator[Part]:
    """The parts with a capital at their beginning: "Kesäkuu 2026, päivä ilmoitetaan myöhemmin"."""
    for first in islice(parts, 1):
        yield replace(first, text=capfirst(first.text))
    yield from parts


def _element(part: Part) -> SafeString:
    if part.text == "–":
        return format_html("–{}", WORD_JOINER)  # a line may end after a dash, but not in "13.00–15.45"
    if part.datetime:
        return format_html('<time datetime="{}">{}</time>', part.datetime, part.text)
    return format_html("{}", part.text)


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
