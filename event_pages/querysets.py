"""How lists select and order events, in SQL, by columns that ``EventPage.save()`` sets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from event_pages.dates import FAR_FUTURE
from event_pages.enums import Attendance, DatePrecision
from verkosto.core.originals import originals_q
from verkosto.core.view_restrictions import public_q
from verkosto.directory.models import TopicLink

#: The columns that a row of a list shows; a page has over eighty.
LIST_COLUMNS = (
    *("title", "slug", "path", "depth", "url_path", "locale", "translation_key", "content_type", "live"),
    *("kind", "number", "room", "attendance", "status", "postponed_until", "summary"),
    *("date_precision", "starts_at", "ends_at", "starts_on", "ends_on", "timezone", "sort_start", "sort_end"),
    *("venue__name", "venue__street_address", "venue__postal_code", "venue__city", "venue__locale"),
)


def is_over(now: datetime) -> Q:
    """Return the condition that the last moment of an event has passed: ``Scheduled.is_over_at`` in SQL."""
    return Q(sort_end__lt=now)


class EventQuerySet(PageQuerySet):
    def visible(self) -> Self:
        """Select what everybody may see: live, and neither it nor a page above it behind a view restriction."""
        return self.live().filter(public_q())

    def upcoming(self, now: datetime | None = None) -> Self:
        """Select those not over yet, those without a date included, the next first."""
        return self.exclude(is_over(now or timezone.now())).chronological()

    def past(self, now: datetime | None = None) -> Self:
        """Select those that are over, the latest first."""
        return self.filter(is_over(now or timezone.now())).order_by("-sort_start", "-pk")

    def dated(self) -> Self:
        """Select those with a day, be it the one that a postponed event had: what a calendar can hold."""
        return self.filter(
            Q(date_precision__in=(DatePrecision.EXACT, DatePrecision.DATE)) | Q(postponed_until__isnull=False)
        )

    def in_month(self, year: int, month: int) -> Self:
        """Select those held wholly or partly in a month of the site's time zone, in order."""
        first = date(year, month, 1)
        following = (first + timedelta(days=32)).replace(day=1)
        return self.filter(sort_start__lt=_midnight(following), sort_end__gte=_midnight(first)).chronological()

    def nearest_first(self) -> Self:
        """Order by what is next: those to come, then those without a date, then those over, the latest first."""
        to_come, without_date = ~is_over(timezone.now()) & Q(sort_start__lt=FAR_FUTURE), Q(sort_start__gte=FAR_FUTURE)
        rank = Case(When(to_come, then=0), When(without_date, then=1), default=2)
        return self.order_by(rank, Case(When(to_come, then=F("sort_start"))), "-sort_start", "-pk")

    def originals(self) -> Self:
        """Select one version of each event: the one it was first written in."""
        return self.filter(originals_q(self.model))

    def chronological(self) -> Self:
        return self.order_by("sort_start", "pk")

    def in_series_order(self) -> Self:
        """Order by number in the series; those without one follow by date."""
        return self.order_by(F("number").asc(nulls_last=True), "sort_start", "path")

    def of_series(self, series: Page) -> Self:
        return self.child_of(series).in_series_order()

    def of_network(self, network: Page) -> Self:
        """Select those below the network in the tree, and those elsewhere that name it."""
        return self.filter(
            Q(path__startswith=network.path, depth__gt=network.depth)
            | Q(pk__in=_pages_naming(network.translation_key))
        )

    def of_site(self, page: Page) -> Self:
        """Select those in the language tree that a page belongs to."""
        return self.filter(path__startswith=page.path[: 2 * page.steplen])

    def in_locale(self, locale_id: int) -> Self:
        """Select those written in, or translated to, one language."""
        return self.filter(locale_id=locale_id)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def about(self, topic_slug: str) -> Self:
        return self.filter(pk__in=_pages_about(topic_slug))

    def attended(self, attendance: str) -> Self:
        """Select by attendance; a hybrid event is both on site and online."""
        return self.filter(attendance__in={attendance, Attendance.HYBRID})

    def held_in(self, language_code: str) -> Self:
        """Select those held in a language, perhaps among others."""
        return self.filter(event_languages__contains=f" {language_code} ")

    def for_listing(self) -> Self:
        """Load what a list shows of each event, and nothing else. One query."""
        return self.select_related("venue").only(*LIST_COLUMNS)

    def for_feed(self) -> Self:
        """Load what calendars and feeds contain of each event. One query."""
        return self.select_related("venue").defer_streamfields()


EventManager = PageManager.from_queryset(EventQuerySet)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _pages_naming(network_key: UUID) -> PageQuerySet:
    return Page.objects.filter(network_links__network_page__translation_key=network_key).values("pk")


def _pages_about(slug: str) -> QuerySet[TopicLink]:
    return TopicLink.objects.filter(topic__slug=slug).values("page")
