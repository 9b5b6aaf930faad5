"""The questions that lists ask of events. Every answer comes from SQL, from columns that ``save()`` keeps."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from verkosto.core.view_restrictions import public_q
from verkosto.directory.models import TopicLink

#: The columns that a line of a list is made from; a page has over eighty.
LISTED = (
    *("title", "slug", "path", "depth", "url_path", "locale", "translation_key", "content_type", "live"),
    *("kind", "number", "room", "attendance", "status", "postponed_until", "summary"),
    *("date_precision", "starts_at", "ends_at", "starts_on", "ends_on", "timezone", "sort_start", "sort_end"),
    *("venue__name", "venue__street_address", "venue__postal_code", "venue__city", "venue__locale"),
)


class EventQuerySet(PageQuerySet):
    def visible(self) -> Self:
        """What everybody may see: live, and neither it nor a page above it behind a view restriction."""
        return self.live().filter(public_q())

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not over yet, those without a date included, the next first."""
        return self.filter(sort_end__gte=now or timezone.now()).chronological()

    def past(self, now: datetime | None = None) -> Self:
        """Over, the latest first."""
        return self.filter(sort_end__lt=now or timezone.now()).order_by("-sort_start", "-pk")

    def dated(self) -> Self:
        """With a day, be it the one that a postponed event had: what a calendar can hold."""
        return self.filter(Q(date_precision__in=("exact", "date")) | Q(postponed_until__isnull=False))

    def in_month(self, year: int, month: int) -> Self:
        """Held wholly or partly in a month of the site's time zone, in order."""
        first = date(year, month, 1)
        following = (first + timedelta(days=32)).replace(day=1)
        return self.filter(sort_start__lt=_midnight(following), sort_end__gte=_midnight(first)).chronological()

    def chronological(self) -> Self:
        return self.order_by("sort_start", "pk")

    def in_series_order(self) -> Self:
        """By their number in the series, those without one after them by date."""
        return self.order_by(F("number").asc(nulls_last=True), "sort_start", "path")

    def of_series(self, series: Page) -> Self:
        return self.child_of(series).in_series_order()

    def of_network(self, network: Page) -> Self:
        """The network's own, below it in the tree, and those of others that name it."""
        return self.filter(
            Q(path__startswith=network.path, depth__gt=network.depth)
            | Q(pk__in=_pages_that_name(network.translation_key))
        )

    def of_site(self, page: Page) -> Self:
        """In the language tree that a page belongs to."""
        return self.filter(path__startswith=page.path[: 2 * page.steplen])

    def in_locale(self, locale_id: int) -> Self:
        """Written in, or translated to, one language."""
        return self.filter(locale_id=locale_id)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def about(self, topic_slug: str) -> Self:
        return self.filter(pk__in=_pages_about(topic_slug))

    def attended(self, attendance: str) -> Self:
        """On site, online or hybrid; a hybrid event is both on site and online."""
        ways = {attendance, "hybrid"} if attendance in ("on_site", "online") else {attendance}
        return self.filter(attendance__in=ways)

    def held_in(self, language_code: str) -> Self:
        """Held in a language, perhaps among others."""
        return self.filter(event_languages__contains=f" {language_code} ")

    def for_listing(self) -> Self:
        """With what a list shows of each event, and nothing else: a constant number of queries."""
        return self.select_related("venue").only(*LISTED)

    def for_feed(self) -> Self:
        """With what calendars and feeds say of each event."""
        return self.select_related("venue").defer_streamfields()


EventManager = PageManager.from_queryset(EventQuerySet)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _pages_that_name(translation_key: UUID) -> object:
    from event_pages.models import NetworkLink  # the models use this module for their manager

    return NetworkLink.objects.filter(network_page__translation_key=translation_key).values("page")


def _pages_about(slug: str) -> object:
    return TopicLink.objects.filter(topic__slug=slug).values("page")
