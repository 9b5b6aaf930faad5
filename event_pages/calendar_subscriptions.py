"""The addresses by which people subscribe to the events of a page, in the calendars that most of them use."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from wagtail.models import Page

from verkosto.core.view_restrictions import is_private

GOOGLE = "https://calendar.google.com/calendar/r"
OUTLOOK = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True)
class CalendarSubscription:
    """The addresses of the calendar and the feeds of a page, all absolute."""

    calendar: str
    #: The calendar for the program that the visitor's device opens such addresses with.
    webcal: str
    google: str
    outlook: str
    rss: str
    atom: str
    json: str


def subscription_of(page: Page) -> CalendarSubscription | None:
    """Return the addresses for a public page with events; None for any other page. No query in most requests."""
    has_files = "calendar.ics" in getattr(page, "file_names", ())
    address = page.full_url if has_files and not is_private(page) else None
    if not address:
        return None
    calendar = urljoin(address, "calendar.ics")
    webcal = f"webcal://{calendar.partition('://')[2]}"
    return CalendarSubscription(
        calendar=calendar,
        webcal=webcal,
        google=f"{GOOGLE}?{urlencode({'cid': webcal})}",
        outlook=f"{OUTLOOK}?{urlencode({'url': calendar, 'name': page.title})}",
        rss=urljoin(address, "events.rss"),
        atom=urljoin(address, "events.atom"),
        json=urljoin(address, "events.json"),
    )
