"""Finland's public holidays, and the eves that are days off.

The days are those of the Annual Holidays Act (162/2005), section 4, together with the church holidays that the
University of Helsinki's almanac lists for each year.
"""

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: (month, day) of the holidays that are on the same day every year.
FIXED_DAYS: dict[tuple[int, int], Promise] = {
    (1, 1): _("New Year’s Day"),
    (1, 6): _("Epiphany"),
    (5, 1): _("May Day"),
    (12, 6): _("Independence Day"),
    (12, 24): _("Christmas Eve"),
    (12, 25): _("Christmas Day"),
    (12, 26): _("Boxing Day"),
}
#: The holidays that move with Easter, by the number of days from Easter Sunday.
EASTER_DAYS: dict[int, Promise] = {
    -2: _("Good Friday"),
    -1: _("Easter Saturday"),
    0: _("Easter Sunday"),
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    49: _("Whit Sunday"),
}
SATURDAY = 5


def public_holidays(year: int) -> dict[date, Promise]:
    """Return the holidays of a year with their names."""
    easter, midsummer = easter_sunday(year), _saturday_from(date(year, 6, 20))
    return {
        **{date(year, month, day): name for (month, day), name in FIXED_DAYS.items()},
        **{easter + timedelta(days=days): name for days, name in EASTER_DAYS.items()},
        midsummer - timedelta(days=1): _("Midsummer Eve"),
        midsummer: _("Midsummer Day"),
        _saturday_from(date(year, 10, 31)): _("All Saints’ Day"),
    }


def holiday_on(day: date) -> Promise | None:
    """Return the name of the holiday on a day; None if there is none."""
    return public_holidays(day.year).get(day)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (Spencer Jones, General Astronomy, 1922; Meeus 1991, chapter 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    moon = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def _saturday_from(day: date) -> date:
    """Return the first Saturday on or after a day."""
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
