"""The queryset of events. Lists are filtered and ordered in SQL, by columns that ``EventPage.save()`` sets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from event_pages.dates import FAR_FUTURE
from event_pages.enums import Attendance, DatePrecision
from verkosto.core.originals import originals_q
from verkosto.core.view_restrictions import public_q
from verkosto.directory.models import TopicLink

#: The columns that a row of a list shows, grouped by subject. A page has over eighty.
LIST_COLUMNS = (
    *("title", "slug", "path", "depth", "url_path", "locale", "translation_key", "content_type", "live"),
    *("kind", "number", "room", "attendance", "status", "postponed_until", "summary", "registration_enabled"),
    *("external_registration_url", "registration_not_needed", "provider_name"),
    *("date_precision", "starts_at", "ends_at", "starts_on", "ends_on", "timezone", "sort_start", "sort_end"),
    *("venue__name", "venue__street_address", "venue__postal_code", "venue__city", "venue__locale"),
)


def is_over(now: datetime) -> Q:
    """Return the condition that the last moment of an event has passed: ``Scheduled.is_over_at`` in SQL."""
    return Q(sort_end__lt=now)


class EventQuerySet(PageQuerySet):
    def visible(self) -> Self:
        """Select public events: they are live, and neither they nor a page above them is restricted."""
        return self.live().filter(public_q())

    def upcoming(self, now: datetime | None = None) -> Self:
        """Select events that are not over, including those without a date, the next first."""
        return self.exclude(is_over(now or timezone.now())).chronological()

    def starting_by(self, moment: datetime) -> Self:
        """Select events that have started, or will by a moment."""
        return self.filter(sort_start__lte=moment)

    def past(self, now: datetime | None = None) -> Self:
        """Select events that are over, the latest first."""
        return self.filter(is_over(now or timezone.now())).order_by("-sort_start", "-pk")

    def dated(self) -> Self:
        """Select events that a calendar can have: those with a date, and postponed events with a new date."""
        return self.filter(
            Q(date_precision__in=(DatePrecision.EXACT, DatePrecision.DATE)) | Q(postponed_until__isnull=False)
        )

    def in_month(self, year: int, month: int) -> Self:
        """Select events that are wholly or partly in a month of the site's time zone, in chronological order."""
        first = date(year, month, 1)
        following = (first + timedelta(days=32)).replace(day=1)
        return self.filter(sort_start__lt=_midnight(following), sort_end__gte=_midnight(first)).chronological()

    def nearest_first(self) -> Self:
        """Order by nearness: upcoming events, then those without a date, then past events, the latest first."""
        to_come, without_date = ~is_over(timezone.now()) & Q(sort_start__lt=FAR_FUTURE), Q(sort_start__gte=FAR_FUTURE)
        rank = Case(When(to_come, then=0), When(without_date, then=1), default=2)
        return self.order_by(rank, Case(When(to_come, then=F("sort_start"))), "-sort_start", "-pk")

    def originals(self) -> Self:
        """Select one version of each event, its original."""
        return self.filter(originals_q(self.model))

    def in_language_or_original(self, language_code: str) -> Self:
        """Select one version of each event: that in a language or, without it, the original."""
        own = self.model._default_manager.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language_code
        )
        return self.filter(Q(locale__language_code=language_code) | (originals_q(self.model) & ~Exists(own)))

    def chronological(self) -> Self:
        """Order by date; events without one come last."""
        return self.order_by("sort_start", "pk")

    def in_series_order(self) -> Self:
        """Order by number in the series. Events without a number follow, by date."""
        return self.order_by(F("number").asc(nulls_last=True), "sort_start", "path")

    def of_series(self, series: Page) -> Self:
        """Select the events of a series, in its order."""
        return self.child_of(series).in_series_order()

    def of_network(self, network: Page) -> Self:
        """Select the events below a network in the tree, and those elsewhere that name it."""
        return self.filter(
            Q(path__startswith=network.path, depth__gt=network.depth)
            | Q(pk__in=_pages_naming(network.translation_key))
        )

    def of_site(self, page: Page) -> Self:
        """Select the events in the same language tree of the same site as a page."""
        return self.filter(path__startswith=page.path[: 2 * page.steplen])

    def in_locale(self, locale_id: int) -> Self:
        """Select the versions in one language."""
        return self.filter(locale_id=locale_id)

    def of_kind(self, kind: str) -> Self:
        """Select by event type."""
        return self.filter(kind=kind)

    def about(self, topic_slug: str) -> Self:
        """Select by topic."""
        return self.filter(pk__in=_pages_about(topic_slug))

    def attended(self, attendance: str) -> Self:
        """Select by attendance. A hybrid event is both on site and online."""
        return self.filter(attendance__in={attendance, Attendance.HYBRID})

    def held_in(self, language_code: str) -> Self:
        """Select the events that are held in a language, alone or among others."""
        return self.filter(event_languages__contains=f" {language_code} ")

    def for_listing(self, *more: str) -> Self:
        """Load only the columns that a list shows, and those that are named. One query."""
        return self.select_related("venue").only(*LIST_COLUMNS, *more)

    def for_feed(self) -> Self:
        """Load the columns and venues that calendars and feeds use. One query."""
        return self.select_related("venue").defer_streamfields()


EventManager = PageManager.from_queryset(EventQuerySet)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _pages_naming(network_key: UUID) -> PageQuerySet:
    return Page.objects.filter(network_links__network_page__translation_key=network_key).values("pk")


def _pages_about(slug: str) -> QuerySet[TopicLink]:
    return TopicLink.objects.filter(topic__slug=slug).values("page")
