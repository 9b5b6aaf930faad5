"""How dates and times read in the active language.

The catalogues decide the order and the marks: every pattern is a gettext message in Django's date format letters, so
a new language needs a translation and no code. Spaces inside a date or a time never break (U+00A0).
"""

from datetime import date, datetime, time

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
    """ "klo 13.00", "kl. 13.00", "13.00"."""
    return unbroken(pgettext("a time of day", "%(time)s") % {"time": clock_figures(moment)})


def clock_range_words(start: Clock, end: Clock) -> tuple[str, str, str]:
    """ "klo 13.00", "–", "15.45"."""
    return clock_words(start), "–", clock_figures(end)


def clock_figures(moment: Clock) -> str:
    """The time of day alone: "13.00". Of twenty-four hours in every language, as no noon and midnight is mistaken so."""
    return format_date(moment, pgettext("time format", "G.i"))


def joined_day_and_clock(day: str, clock: str) -> str:
    return pgettext("a day and a time of day", "%(day)s, %(time)s") % {"day": day, "time": clock}


def zone_words(zone: str) -> str:
    """The city of an IANA zone in the active language: "Tukholma" for "Europe/Stockholm"."""
    return gettext(zone.rpartition("/")[2].replace("_", " "))
