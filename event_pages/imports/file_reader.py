"""Reads an uploaded file of events, whichever kind it is."""

from __future__ import annotations

from itertools import islice

from django.utils.translation import gettext as _

from event_pages.imports.csv_file import read_table
from event_pages.imports.ical_file import is_calendar, read_calendar
from event_pages.imports.values import MAX_EVENTS, FileEvent, UnreadableFile


def read_events(text: str) -> list[FileEvent]:
    """Return the events of a file, at most ``MAX_EVENTS``. Raise UnreadableFile for one with more, none or no sense."""
    text = text.replace("\0", "").removeprefix("\ufeff")
    reader = read_calendar if is_calendar(text) else read_table
    events = list(islice(reader(text), MAX_EVENTS + 1))
    if len(events) > MAX_EVENTS:
        message = _("The file has more than %(most)s events, with repetitions. Divide it into several files.")
        raise UnreadableFile(message % {"most": MAX_EVENTS})
    if not events:
        raise UnreadableFile(_("There are no events in the file."))
    return events
