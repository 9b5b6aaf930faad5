"""A network's year in figures: groups, members, events, attendance, organisations. Numbers only, no person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from event_pages.models import EventPage, EventSeriesPage
from event_pages.querysets import EventQuerySet
from network_pages.models import Membership, NetworkPage, SmallGroupPage
from verkosto.core.locales import active_language
from verkosto.registrations.enums import Attendance, EventStatus
from verkosto.registrations.models import Registration
from verkosto.registrations.questions.types.base import Cell


@dataclass(frozen=True, kw_only=True)
class EventFigures:
    """One event, or a season that takes one registration for all its meetings. ``day`` is its first."""

    title: str
    day: date
    registered: int
    attended: int


class YearlyFigures:
    """The figures of a network in one calendar year, up to today. Nine queries, whatever their number."""

    def __init__(self, network: NetworkPage, year: int) -> None:
        self.network, self.year = network, year
        self.first, self.last = date(year, 1, 1), min(date(year, 12, 31), timezone.localdate())
        zone = ZoneInfo(settings.TIME_ZONE)
        self.start = datetime.combine(self.first, time.min, tzinfo=zone)
        self.end = datetime.combine(date(year + 1, 1, 1), time.min, tzinfo=zone)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The figures with their labels."""
        members = self._members
        return [
            (_("Members at the end of the year"), members["members"]),
            (_("New members"), members["joined"]),
            (_("Members who left"), members["left"]),
            (_("Organisations of the members"), members["organisations"]),
            (_("Small groups"), len(self._groups)),
            (_("Members in small groups"), self._members_in_groups),
            (_("Events held"), sum(event.status != EventStatus.CANCELLED for event in self._events)),
            (_("Cancelled events"), sum(event.status == EventStatus.CANCELLED for event in self._events)),
            (_("Places at events"), sum(row.registered for row in self.events)),
            (_("Places used"), sum(row.attended for row in self.events)),
            (_("Organisations reached by events"), self._organisations_reached),
        ]

    @cached_property
    def events(self) -> list[EventFigures]:
        """The year's events and seasons with a registration, in order."""
        registered = self._registered
        pages = [*self._events, *self._seasons]
        return sorted(
            (
                EventFigures(
                    title=page.title,
                    day=timezone.localtime(moment, ZoneInfo(settings.TIME_ZONE)).date(),
                    registered=registered[page.translation_key][0],
                    attended=registered[page.translation_key][1],
                )
                for page, moment in ((page, self._moment_of(page)) for page in pages)
                if page.translation_key in registered
            ),
            key=lambda row: (row.day, row.title),
        )

    @cached_property
    def _versions(self) -> list[NetworkPage]:
        return list(NetworkPage.objects.filter(translation_key=self.network.translation_key).order_by("pk"))

    @cached_property
    def _events(self) -> list[EventPage]:
        """The published events of the year that have begun, one version of each."""
        found = EventPage.objects.none()
        for version in self._versions:
            found |= EventPage.objects.live().of_network(version)
        in_year = found.filter(sort_start__gte=self.start, sort_start__lt=min(self.end, timezone.now()))
        return _one_of_each(in_year.select_related("locale").defer_streamfields().order_by("sort_start", "pk"))

    @cached_property
    def _seasons(self) -> list[EventSeriesPage]:
        """The series above the year's events."""
        above = {event.path[: -event.steplen] for event in self._events}
        series = EventSeriesPage.objects.filter(path__in=above).select_related("locale").order_by("path")
        return _one_of_each(series.defer_streamfields())

    def _moment_of(self, page: EventPage | EventSeriesPage) -> datetime:
        if isinstance(page, EventPage):
            return page.sort_start
        return min(event.sort_start for event in self._events if event.path.startswith(page.path))

    @cached_property
    def _keys(self) -> list[UUID]:
        return [page.translation_key for page in (*self._events, *self._seasons)]

    @cached_property
    def _registered(self) -> dict[UUID, tuple[int, int]]:
        """The places given and used, by key of the page. Erased registrations count: their numbers are kept."""
        rows = Registration.objects.confirmed().filter(desk__translation_key__in=self._keys).order_by()
        used = Sum("places", filter=Q(attendance=Attendance.ATTENDED), default=0)
        counted = rows.values("desk__translation_key").annotate(given=Sum("places"), used=used)
        return {row["desk__translation_key"]: (row["given"], row["used"]) for row in counted}

    @cached_property
    def _organisations_reached(self) -> int:
        rows = Registration.objects.confirmed().filter(desk__translation_key__in=self._keys)
        return rows.exclude(organisation_key="").order_by().values("organisation_key").distinct().count()

    @cached_property
    def _members(self) -> dict[str, int]:
        """Numbers of persons. One query."""
        joined = Q(starts_on__range=(self.first, self.last))
        left = Q(left_at__gte=self.start, left_at__lt=self.end) | Q(
            left_at=None, ends_on__range=(self.first, self.last), ends_on__lt=timezone.localdate()
        )
        at_end = self._holding()
        rows = Membership.objects.filter(translation_key=self.network.translation_key).order_by()
        return rows.aggregate(
            members=Count("email", distinct=True, filter=at_end),
            joined=Count("email", distinct=True, filter=joined),
            left=Count("email", distinct=True, filter=left),
            organisations=Count("organisation", distinct=True, filter=at_end & ~Q(organisation="")),
        )

    def _holding(self) -> Q:
        """Return the condition that a membership holds on the last day, also of those who have left since."""
        evening = min(self.end, timezone.now().astimezone(UTC))
        return (
            Q(starts_on__lte=self.last)
            & (Q(ends_on=None) | Q(ends_on__gte=self.last))
            & (Q(left_at=None) | Q(left_at__gte=evening))
        )

    @cached_property
    def _groups(self) -> set[UUID]:
        """The keys of the groups that have not ended and were founded by then, as far as that is known."""
        below = Q(pk__in=[])
        for version in self._versions:
            below |= Q(path__startswith=version.path)
        groups = SmallGroupPage.objects.live().not_ended().filter(below)
        founded = groups.filter(Q(founded=None) | Q(founded__lte=self.year))
        return set(founded.order_by().values_list("translation_key", flat=True))

    @cached_property
    def _members_in_groups(self) -> int:
        rows = Membership.objects.filter(self._holding(), translation_key__in=self._groups)
        return rows.order_by().values("email").distinct().count()


class FiguresTable:
    """The figures of a year next to those of the year before, and the events, as rows of a spreadsheet."""

    def __init__(self, figures: YearlyFigures, before: YearlyFigures) -> None:
        # Read at once: the file is written after the view has returned, in whichever language is active then.
        self.header = [_("Figure"), str(before.year), str(figures.year)]
        self._rows: list[list[Cell]] = [
            [label, earlier, number]
            for (label, number), (_label, earlier) in zip(figures.rows, before.rows, strict=True)
        ]
        self._rows += [[], [_("Event"), _("Date"), _("Places"), _("Places used")]]
        self._rows += [[row.title, row.day.isoformat(), row.registered, row.attended] for row in figures.events]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows."""
        yield from self._rows


def _one_of_each(pages: EventQuerySet) -> list[Any]:
    """Return one language version of each page, in the order given: the one in the active language, else the first."""
    found: dict[UUID, Any] = {}
    for page in pages:
        if page.translation_key not in found or page.locale.language_code == active_language():
            found[page.translation_key] = page
    return list(found.values())
