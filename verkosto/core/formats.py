"""Dates and times formatted in the active language.

The formats come from the Unicode CLDR, through Babel. The tables below have the exceptions that the plain language
guidelines of Finland's public administration require. Spaces inside a date or a time are no-break spaces (U+00A0).
"""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates
from django.conf import settings
from django.utils.translation import get_language, gettext, pgettext, to_locale

from verkosto.core.zones import is_midnight

NO_BREAK = "\N{NO-BREAK SPACE}"

#: The territory whose formats are used: Finland's Swedish ("13.00", not "13:00"), British English ("16 September").
TERRITORIES = {"sv": "sv_FI", "en": "en_GB"}
#: CLDR's date format by language, where not "long". Finnish authorities write the month as a number: "16.9.2026".
DATE_FORMATS = {"fi": "medium"}
#: CLDR's date format with the weekday by language, where not "full". British English has a comma that GOV.UK leaves out.
WEEKDAY_DATE_FORMATS = {"fi": "ccc d.M.y", "sv": "EEEE d MMMM y", "en": "EEEE d MMMM y"}
#: CLDR's skeleton of a day without its year by language, where not "MMMd".
SHORT_SKELETONS = {"fi": "Md"}
#: CLDR's range skeleton by language, where not "yMMMd".
RANGE_SKELETONS = {"fi": "yMd"}
#: CLDR separates the two days by thin spaces; the GOV.UK style is "16–17 September", "16 September – 1 October".
ENGLISH_RANGES = {
    "d": ("d–", "d MMMM y"),
    "M": ("d MMMM – ", "d MMMM y"),
    "y": ("d MMMM y – ", "d MMMM y"),
}
ENGLISH_SHORT_RANGES = {"d": ("d–", "d MMM"), "M": ("d MMM – ", "d MMM")}

ABBREVIATED_MONTH = re.compile(r"(?<!M)MMM(?!M)")
DAY_AND_SEPARATOR = re.compile(r"(?P<day>.*?)(?P<separator>\s*[-–—]\s*)")


def with_no_break_spaces(text: str) -> str:
    """Return the text with every space replaced by a no-break space."""
    return text.replace(" ", NO_BREAK)


def format_day(day: date) -> str:
    """Return a day: "16.9.2026", "16 september 2026", "16 September 2026"."""
    return with_no_break_spaces(dates.format_date(day, DATE_FORMATS.get(_language(), "long"), _locale()))


def format_day_with_weekday(day: date) -> str:
    """Return a day with its weekday: "ke 16.9.2026", "onsdag 16 september 2026", "Wednesday 16 September 2026".

    A line may end after the weekday.
    """
    text = dates.format_date(day, WEEKDAY_DATE_FORMATS.get(_language(), "full"), _locale())
    weekday, space, rest = text.partition(" ")
    return weekday + space + with_no_break_spaces(rest)


def format_weekday(day: date) -> str:
    """Return the weekday as it stands before a date: "ke", "onsdag", "Wednesday"."""
    return str(dates.format_date(day, "ccc" if _language() == "fi" else "EEEE", _locale()))


def format_short_weekday(day: date) -> str:
    """Return the abbreviated weekday: "ke", "ons", "Wed"."""
    return str(dates.format_date(day, "ccc", _locale()))


def format_short_day(day: date) -> str:
    """Return a day without its year: "16.9.", "16 sep.", "16 Sep"."""
    return with_no_break_spaces(dates.format_skeleton(SHORT_SKELETONS.get(_language(), "MMMd"), day, locale=_locale()))


def format_short_day_range(first: date, last: date) -> tuple[str, str]:
    """Return the two days of a range without their years, the first with the dash: "16.–", "17.9."."""
    patterns = _locale().interval_formats[SHORT_SKELETONS.get(_language(), "MMMd")]
    by_unit = ENGLISH_SHORT_RANGES if _language() == "en" else patterns
    first_pattern, last_pattern = by_unit["d" if (first.year, first.month) == (last.year, last.month) else "M"]
    return (
        with_no_break_spaces(dates.format_date(first, first_pattern, _locale())),
        with_no_break_spaces(dates.format_date(last, last_pattern, _locale())),
    )


def format_weekday_and_day(day: date) -> str:
    """Return a day with its weekday and without its year: "ti 1.12.", "tis 1 december", "Tue 1 December"."""
    number = dates.format_skeleton("Md" if _language() == "fi" else "MMMMd", day, locale=_locale())
    return with_no_break_spaces(f"{format_short_weekday(day)} {number}")


def format_month(day: date) -> str:
    """Return a month and its year: "kesäkuu 2026", "juni 2026", "June 2026"."""
    return with_no_break_spaces(dates.format_skeleton("yMMMM", day, locale=_locale()))


def format_day_range(first: date, last: date) -> tuple[str, str, str]:
    """Return the first day without the parts that it shares with the last, the separator, and the last day."""
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    first_pattern, last_pattern = _range_patterns(_language())[differs]
    start = dates.format_date(first, first_pattern, _locale())
    match = DAY_AND_SEPARATOR.fullmatch(start)
    start, separator = match.group("day", "separator") if match else (start, "")
    return (
        with_no_break_spaces(start),
        separator,
        with_no_break_spaces(dates.format_date(last, last_pattern, _locale())),
    )


def format_time(value: datetime | time) -> str:
    """Return a time of day: "klo 13.00", "kl. 13.00", "1 pm"."""
    return with_no_break_spaces(pgettext("a time of day", "%(time)s") % {"time": format_bare_time(value)})


def format_time_range(start: datetime | time, end: datetime | time) -> tuple[str, str, str]:
    """Return the start, the separator and the end: "klo 13.00", "–", "15.45".

    In English "am" or "pm" is left out at the start if it is the same at the end: "1", "–", "3.45 pm".
    """
    start_time, start_period = _time_parts(start)
    end_period = _time_parts(end)[1]
    first = start_time if start_period == end_period else start_time + start_period
    text = pgettext("a time of day", "%(time)s") % {"time": first}
    return with_no_break_spaces(text), "–", with_no_break_spaces(format_bare_time(end))


def format_bare_time(value: datetime | time) -> str:
    """Return a time of day without "klo" or "kl.": "13.00", "13.00", "1 pm"."""
    return with_no_break_spaces("".join(_time_parts(value)))


def join_day_and_time(day: str, time_of_day: str) -> str:
    """Return a formatted day and a formatted time as one text."""
    return pgettext("a day and a time of day", "%(day)s, %(time)s") % {"day": day, "time": time_of_day}


def format_date_time(value: datetime, zone: str = "") -> str:
    """Return a day and a time in a zone (an IANA name; TIME_ZONE by default): "16.9.2026 klo 13.00"."""
    local = value.astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return join_day_and_time(format_day(local), format_time(local))


def format_zoned_time(value: datetime, zone: str = "") -> str:
    """Return a day and a time in a zone, which is named where it is not the site's."""
    zone = zone or settings.TIME_ZONE
    return with_time_zone(format_date_time(value, zone), zone)


def format_deadline(value: datetime, zone: str = "") -> str:
    """Return a deadline with its weekday: "ke 16.9.2026 klo 13.00". A zone that is not the site's is named.

    A deadline at midnight is returned as the day before, because people would read "by 7 December, 12 am" as the end of
    that day.
    """
    zone = zone or settings.TIME_ZONE
    local = value.astimezone(ZoneInfo(zone))
    if is_midnight(value, zone):
        return with_time_zone(format_day_with_weekday(local - timedelta(days=1)), zone)
    return with_time_zone(join_day_and_time(format_day_with_weekday(local), format_time(local)), zone)


def format_opening(value: datetime, zone: str = "") -> str:
    """Return the time of an opening with its weekday; only the day if it is at midnight. Zones as in `format_deadline`."""
    zone = zone or settings.TIME_ZONE
    local = value.astimezone(ZoneInfo(zone))
    day = format_day_with_weekday(local)
    return with_time_zone(day if is_midnight(value, zone) else join_day_and_time(day, format_time(local)), zone)


def format_short_opening(value: datetime, zone: str) -> str:
    """Return the time of an opening without its year, for lists; only the day if it is at midnight: "ti 1.12. klo 9.00"."""
    local = value.astimezone(ZoneInfo(zone))
    day = format_weekday_and_day(local)
    return day if is_midnight(value, zone) else join_day_and_time(day, format_time(local))


def with_time_zone(text: str, zone: str) -> str:
    """Return the text with the name of the zone where that is not the site's: "… (aikavyöhyke: Tokio)"."""
    if zone == settings.TIME_ZONE:
        return text
    return text + " " + gettext("(time zone: %(zone)s)") % {"zone": format_time_zone(zone)}


def format_time_zone(zone: str) -> str:
    """Return the city of an IANA zone in the active language: "Tukholma" for "Europe/Stockholm"."""
    return dates.get_timezone_location(zone, locale=_locale(), return_city=True)


def language_name(code: str) -> str:
    """Return the name of a language in the active one, as it stands in running text (CLDR); its code if unknown."""
    return _locale().languages.get(to_locale(code), code)


def _time_parts(value: datetime | time) -> tuple[str, str]:
    """Return the time and, in English, " am" or " pm". A full hour in English has no minutes: "1 pm"."""
    if _language() == "en":
        hour = str(value.hour % 12 or 12)
        return f"{hour}.{value:%M}" if value.minute else hour, " am" if value.hour < 12 else " pm"
    return dates.format_time(value.replace(tzinfo=None), "short", locale=_locale()), ""


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _locale() -> Locale:
    return _cldr_locale(_language())


@cache
def _cldr_locale(language: str) -> Locale:
    """Return the CLDR locale for Django's code of a language ("sv", "pt-br"); British English if there is none."""
    try:
        return Locale.parse(TERRITORIES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@cache
def _range_patterns(language: str) -> dict[str, tuple[str, str]]:
    """Return the patterns of the two days by the largest unit in which they differ: "y", "M" or "d"."""
    if language == "en":
        return ENGLISH_RANGES
    patterns = _cldr_locale(language).interval_formats[RANGE_SKELETONS.get(language, "yMMMd")]
    # CLDR has range patterns for abbreviated months only. Full names are made from them, as UTS #35 says.
    wide = {unit: [ABBREVIATED_MONTH.sub("MMMM", part) for part in patterns[unit]] for unit in "yMd"}
    return {unit: (first, last) for unit, (first, last) in wide.items()}
