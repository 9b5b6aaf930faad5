"""How dates and times read in the active language.

Unicode's CLDR (through Babel) knows the order, the marks and the names for every language. What a public body writes
otherwise stands in the tables below. Spaces inside a date or a time never break (U+00A0).
"""

import re
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from django.conf import settings
from django.utils.translation import get_language, pgettext

NO_BREAK = "\N{NO-BREAK SPACE}"

Clock = datetime | time

#: Whose habits are followed: Finland's Swedish ("13.00", not "13:00") and Britain's English ("16 September").
TERRITORIES = {"sv": "sv_FI", "en": "en_GB"}
#: CLDR's "long" has the month as a word; Finnish authorities write figures, "16.9.2026", for which CLDR has "medium".
DAYS = {"fi": "medium"}
RANGES = {"fi": "yMd"}
#: CLDR parts the two days by thin spaces; plain English writes "16–17 September", "16 September – 1 October".
ENGLISH_RANGES = {
    "d": ("d–", "d MMMM y"),
    "M": ("d MMMM – ", "d MMMM y"),
    "y": ("d MMMM y – ", "d MMMM y"),
}

ABBREVIATED_MONTH = re.compile(r"(?<!M)MMM(?!M)")
JOINED = re.compile(r"(?P<first>.*?)(?P<joiner>\s*[-–—]\s*)")


def unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK)


def day_words(day: date) -> str:
    """ "16.9.2026", "16 september 2026", "16 September 2026"."""
    return unbroken(format_date(day, DAYS.get(_language(), "long"), _locale()))


def month_words(day: date) -> str:
    """ "kesäkuu 2026", "juni 2026", "June 2026"."""
    return unbroken(format_skeleton("yMMMM", day, locale=_locale()))


def day_range_words(first: date, last: date) -> tuple[str, str, str]:
    """The first day shortened by what it shares with the last, what joins them, and the last day."""
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    first_pattern, last_pattern = _range_patterns(_language())[differs]
    opening = format_date(first, first_pattern, _locale())
    joined = JOINED.fullmatch(opening)
    opening, joiner = joined.group("first", "joiner") if joined else (opening, "")
    return unbroken(opening), joiner, unbroken(format_date(last, last_pattern, _locale()))


def clock_words(moment: Clock) -> str:
    """ "klo 13.00", "kl. 13.00", "1 pm"."""
    return unbroken(pgettext("a time of day", "%(time)s") % {"time": clock_figures(moment)})


def clock_range_words(start: Clock, end: Clock) -> tuple[str, str, str]:
    """ "klo 13.00", "–", "15.45"; in English the half of the day is said once: "1", "–", "3.45 pm"."""
    start_time, start_half = _clock(start)
    end_half = _clock(end)[1]
    first = start_time if start_half == end_half else start_time + start_half
    opening = pgettext("a time of day", "%(time)s") % {"time": first}
    return unbroken(opening), "–", unbroken(clock_figures(end))


def clock_figures(moment: Clock) -> str:
    """The time of day alone: "13.00", "13.00", "1 pm"."""
    return unbroken("".join(_clock(moment)))


def joined_day_and_clock(day: str, clock: str) -> str:
    return pgettext("a day and a time of day", "%(day)s, %(time)s") % {"day": day, "time": clock}


def moment_words(moment: datetime, zone: str = "") -> str:
    """A day and a time of day in a zone (IANA name; the site's own without one): "16.9.2026 klo 13.00"."""
    local = moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return joined_day_and_clock(day_words(local), clock_words(local))


def zone_words(zone: str) -> str:
    """The city of an IANA zone in the active language: "Tukholma" for "Europe/Stockholm"."""
    return get_timezone_location(zone, locale=_locale(), return_city=True)


def _clock(moment: Clock) -> tuple[str, str]:
    """The time and, in English, the half of the day that follows it: plain English has no "1:00 pm"."""
    if _language() == "en":
        hour = str(moment.hour % 12 or 12)
        return f"{hour}.{moment:%M}" if moment.minute else hour, " am" if moment.hour < 12 else " pm"
    return format_time(moment.replace(tzinfo=None), "short", locale=_locale()), ""


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _locale() -> Locale:
    return _cldr(_language())


@cache
def _cldr(language: str) -> Locale:
    """The CLDR's locale of a language as Django calls it, "sv" or "pt-br"; Britain's where the CLDR has none."""
    try:
        return Locale.parse(TERRITORIES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@cache
def _range_patterns(language: str) -> dict[str, tuple[str, str]]:
    """Patterns of the two days of a range by the largest unit in which they differ: "y", "M" or "d"."""
    if language == "en":
        return ENGLISH_RANGES
    patterns = _cldr(language).interval_formats[RANGES.get(language, "yMMMd")]
    # CLDR has no ranges with whole months: its rule is to widen those of the abbreviated ones.
    wide = {unit: [ABBREVIATED_MONTH.sub("MMMM", half) for half in patterns[unit]] for unit in "yMd"}
    return {unit: (first, last) for unit, (first, last) in wide.items()}
