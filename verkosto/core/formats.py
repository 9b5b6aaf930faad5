"""How dates and times read in the active language.

The catalogues decide the order and the marks: every pattern is a gettext message in Django's date format letters, so
a new language needs a translation and no code. Spaces inside a date or a time never break (U+00A0).
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_noop, pgettext

NO_BREAK = "\N{NO-BREAK SPACE}"

Clock = datetime | time

#: Cities of zones whose name differs between languages; any other is shown as the IANA database has it.
CITIES = (
    gettext_noop("Helsinki"),
    gettext_noop("Stockholm"),
    gettext_noop("Copenhagen"),
    gettext_noop("Oslo"),
    gettext_noop("Reykjavik"),
    gettext_noop("Tallinn"),
    gettext_noop("Riga"),
    gettext_noop("Brussels"),
    gettext_noop("Paris"),
    gettext_noop("London"),
    gettext_noop("Berlin"),
    gettext_noop("Vienna"),
    gettext_noop("Lisbon"),
    gettext_noop("New York"),
)


def unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK)


def day_words(day: date) -> str:
    """ "16.9.2026", "16 september 2026", "16 September 2026"."""
    return unbroken(format_date(day, pgettext("date format", "j F Y")))


def month_words(day: date) -> str:
    """ "kesäkuu 2026", "juni 2026", "June 2026"."""
    return unbroken(format_date(day, pgettext("month format", "F Y")))


def day_range_words(first: date, last: date) -> tuple[str, str, str]:
    """The first day shortened by what it shares with the last, what joins them, and the last day."""
    if (first.year, first.month) == (last.year, last.month):
        pattern = pgettext("first day of a range within one month", "j")
        joiner = pgettext("joins the days of a range within one month", "–")
    elif first.year == last.year:
        pattern = pgettext("first day of a range within one year", "j F")
        joiner = pgettext("joins the days of a range", " – ")
    else:
        pattern = pgettext("date format", "j F Y")
        joiner = pgettext("joins the days of a range", " – ")
    return unbroken(format_date(first, pattern)), joiner, day_words(last)


def clock_words(moment: Clock) -> str:
    """ "klo 13.00", "kl. 13.00", "1 pm"."""
    return unbroken(pgettext("a time of day", "%(time)s") % {"time": clock_figures(moment)})


def clock_range_words(start: Clock, end: Clock) -> tuple[str, str, str]:
    """ "klo 13.00", "–", "15.45"; in twelve-hour languages the half of the day is said once: "1", "–", "3.45 pm"."""
    start_time, start_half = _clock(start)
    end_half = _clock(end)[1]
    first = start_time if start_half == end_half else start_time + start_half
    opening = pgettext("a time of day", "%(time)s") % {"time": first}
    return unbroken(opening), "–", unbroken(clock_figures(end))


def clock_figures(moment: Clock) -> str:
    """The time of day alone: "13.00", "13.00", "1 pm"."""
    return unbroken("".join(_clock(moment)))


def _clock(moment: Clock) -> tuple[str, str]:
    """The time and, in twelve-hour languages, the half of the day that follows it."""
    pattern = pgettext("time format", "g.i a")
    if not pattern.endswith(" a"):
        return format_date(moment, pattern), ""
    digits = pattern.removesuffix(" a")
    if moment.minute == 0:
        digits = digits.partition("i")[0].rstrip(".:")
    return format_date(moment, digits), " am" if moment.hour < 12 else " pm"


def joined_day_and_clock(day: str, clock: str) -> str:
    return pgettext("a day and a time of day", "%(day)s, %(time)s") % {"day": day, "time": clock}


def moment_words(moment: datetime, zone: str = "") -> str:
    """A day and a time of day in a zone (IANA name; the site's own without one): "16.9.2026 klo 13.00"."""
    local = moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return joined_day_and_clock(day_words(local), clock_words(local))


def zone_words(zone: str) -> str:
    """The city of an IANA zone in the active language: "Tukholma" for "Europe/Stockholm"."""
    return gettext(zone.rpartition("/")[2].replace("_", " "))
