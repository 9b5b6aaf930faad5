"""The parameters of a request, checked. Filters of LinkedEvents that we do not have are refused, others ignored as there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from verkosto.core.zones import start_of_day

PAGE_SIZE, LARGEST_PAGE_SIZE, LARGEST_PAGE = 20, 100, 10_000
LONGEST = 1000  # characters of a parameter
MOST_IDS = 50
FILTERS = ("text", "location", "keyword", "keyword_OR", "super_event", "super_event_type", "language", "in_language")
SORTS = ("start_time", "end_time", "last_modified_time", "name")
INCLUDABLE = ("location", "keywords")
#: Filters of LinkedEvents that we do not have: an answer without them would be a wrong one.
MISSING = frozenset(
    {
        *("all_ongoing", "all_ongoing_AND", "all_ongoing_OR", "audience_max_age", "audience_max_age_lt"),
        *("audience_min_age", "audience_min_age_gt", "bbox", "combined_text", "data_source", "data_source!", "days"),
        *("division", "dwithin", "dwithin_metres", "dwithin_origin", "ends_after", "ends_before", "event_status"),
        *("event_type", "full_text", "hide_recurring_children", "hide_super_event", "ids", "internet_based"),
        *("internet_ongoing", "is_free", "keyword!", "keyword_AND", "keyword_set_AND", "keyword_set_OR"),
        *("last_modified_since", "local_ongoing", "max_duration", "min_duration", "ongoing", "publisher"),
        *("publisher_ancestor", "recurring", "registration", "show_all", "starts_after", "starts_before"),
        *("suitable_for", "translation", "weekday"),
    }
)


class ParameterError(ValueError):
    """A parameter that cannot be followed. The text says why, in English."""


@dataclass(frozen=True)
class Portion:
    """The page of a list, from 1, and how many objects it has."""

    page: int = 1
    size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


@dataclass(frozen=True)
class EventParameters:
    """What a client asks of the list of events."""

    portion: Portion
    filters: dict[str, str]
    start: datetime | None
    end: datetime | None
    sort: str
    include: frozenset[str]


def read_portion(query: QueryDict) -> Portion:
    """Return the portion that is asked for. Raise ParameterError for one that there cannot be."""
    return Portion(_number(query, "page", 1), min(_number(query, "page_size", PAGE_SIZE), LARGEST_PAGE_SIZE))


def read_events(query: QueryDict, *, now: datetime) -> EventParameters:
    """Return what is asked of the list of events. Raise ParameterError for what cannot be answered."""
    if missing := sorted(MISSING.intersection(query)):
        raise ParameterError(f"This site has no filter {missing[0]}.")
    return EventParameters(
        portion=read_portion(query),
        filters={name: value for name in FILTERS if (value := read_text(query, name))},
        start=_moment(read_text(query, "start"), now, is_end=False),
        end=_moment(read_text(query, "end"), now, is_end=True),
        sort=_sort(read_text(query, "sort") or "-last_modified_time"),
        include=read_include(query),
    )


def read_include(query: QueryDict) -> frozenset[str]:
    """Return the names of the fields whose objects are included; others than we can include stay references."""
    return frozenset(split_ids(read_text(query, "include"))).intersection(INCLUDABLE)


def read_text(query: QueryDict, name: str) -> str:
    """Return a parameter; "" if it is missing. Raise ParameterError for a text that no name can have."""
    value = query.get(name, "").strip()
    if len(value) > LONGEST or not value.isprintable():
        raise ParameterError(f"The parameter {name} is not valid.")
    return value


def split_ids(value: str) -> list[str]:
    """Return the ids of a parameter: they are separated by commas. Raise ParameterError for too many."""
    found = [part for part in (each.strip() for each in value.split(",")) if part]
    if len(found) > MOST_IDS:
        raise ParameterError(f"At most {MOST_IDS} ids can be given.")
    return found


def _number(query: QueryDict, name: str, default: int) -> int:
    value = read_text(query, name) or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= LARGEST_PAGE):
        raise ParameterError(f"The parameter {name} is a number from 1 to {LARGEST_PAGE}.")
    return int(value)


def _sort(value: str) -> str:
    if value.removeprefix("-") not in SORTS:
        raise ParameterError(f"The parameter sort is one of {', '.join(SORTS)}, for descending order with a hyphen.")
    return value


def _moment(value: str, now: datetime, *, is_end: bool) -> datetime | None:
    """Return a time: "now", "today", a day (as an end its last moment) or ISO 8601. Without a zone it is the site's."""
    if not value or value == "now":
        return now if value else None
    problem = ParameterError("A time is now, today, a day such as 2027-01-31, or ISO 8601.")
    try:
        day = timezone.localdate(now) if value == "today" else parse_date(value)
        if day:
            return _edge_of_day(day, is_end=is_end)
        found = parse_datetime(value.replace(" ", "+"))  # a plus sign that was not encoded
        if found is None:
            raise problem
        return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise problem from error


def _edge_of_day(day: date, *, is_end: bool) -> datetime:
    return start_of_day(day + timedelta(days=int(is_end)), settings.TIME_ZONE)
