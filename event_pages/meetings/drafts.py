"""The use case that makes the meetings of a series as drafts, and the other events on their days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import translation
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug

from event_pages.enums import DatePrecision
from event_pages.event_types import site_time_zone
from event_pages.models import EventPage, EventSeriesPage
from verkosto.core.formats import format_day
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.core.zones import end_of_day, start_of_day
from verkosto.registrations.mail.placeholders import fill

MAX_SLUG = 200  # characters, so that a number fits at the end


@dataclass(frozen=True, kw_only=True)
class MeetingPlan:
    """What the meetings have in common: the pattern of their titles, their summary and their times of day.

    ``like`` is an event whose settings are copied.
    """

    title: str
    first_number: int
    starts: time
    ends: time | None = None
    summary: str = ""
    like: EventPage | None = None

    @property
    def zone(self) -> str:
        """The time zone (IANA name) of the times."""
        return self.like.timezone if self.like else site_time_zone()

    def title_on(self, day: date, position: int, language: str) -> str:
        """Return the title of the meeting at a position, counted from 0."""
        with translation.override(language):
            values = {"number": str(self.first_number + position), "date": format_day(day)}
        return fill(self.title, values)


def next_number(series: EventSeriesPage) -> int:
    """Return the number of the next meeting of a series: one more than the highest. One query."""
    highest = EventPage.objects.child_of(series).order_by("-number").exclude(number=None).first()
    return (highest.number or 0) + 1 if highest else 1


@in_transaction
def make_meetings(
    *, series: EventSeriesPage, user: SignedInUser, days: Iterable[date], plan: MeetingPlan
) -> list[EventPage]:
    """Make a draft below the series for each day, in the order of the days. Return the drafts."""
    language = series.locale.language_code
    drafts = []
    for position, day in enumerate(sorted(days)):
        title = plan.title_on(day, position, language)
        slug = find_available_slug(series, slugify(title, allow_unicode=True)[:MAX_SLUG] or "meeting")
        draft = _copy(plan.like, series, user, title, slug) if plan.like else _new(series, user, title, slug)
        if plan.like and plan.like.first_day:
            draft.move_dates((day - plan.like.first_day).days)
        elif plan.like:
            draft.move_dates(0)
        draft.number = plan.first_number + position
        draft.summary = plan.summary or draft.summary
        _set_times(draft, day, plan)
        if draft.pk:
            draft.save(clean=False)
        else:
            series.add_child(instance=draft)
        draft.save_revision(user=user)
        drafts.append(draft)
    return drafts


def _new(series: EventSeriesPage, user: SignedInUser, title: str, slug: str) -> EventPage:
    languages = series.event_languages
    return EventPage(title=title, slug=slug, live=False, owner=user, locale=series.locale, event_languages=languages)


def _copy(like: EventPage, series: EventSeriesPage, user: SignedInUser, title: str, slug: str) -> EventPage:
    """Return a copy of an event as a draft with the content of its row: the published one or, before, the draft."""
    attributes = {"title": title, "draft_title": title, "slug": slug}
    copy = like.copy(to=series, update_attrs=attributes, copy_revisions=False, keep_live=False, user=user)
    draft: EventPage = copy.get_latest_revision_as_object()
    return draft


def _set_times(draft: EventPage, day: date, plan: MeetingPlan) -> None:
    draft.date_precision, draft.timezone = DatePrecision.EXACT, plan.zone
    draft.starts_on = draft.ends_on = None
    draft.starts_at = moment(day, plan.starts, plan.zone)
    draft.ends_at = moment(day, plan.ends, plan.zone) if plan.ends else None


def moment(day: date, at: time, zone: str) -> datetime:
    """Return a local time of a day in a zone, in UTC."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def events_on(days: Iterable[date], series: EventSeriesPage, zone: str) -> dict[date, list[str]]:
    """Return the titles of the other events on each day: all of the series, and the public ones of the site. One query."""
    wanted = set(days)
    if not wanted:
        return {}
    public = EventPage.objects.visible().of_site(series)
    known = EventPage.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=series.get_children().values("pk")))
    known = known.filter(
        sort_start__lt=end_of_day(max(wanted), zone) + timedelta(days=1),
        sort_end__gte=start_of_day(min(wanted), zone) - timedelta(days=1),
    )
    found: dict[date, list[str]] = {}
    for event in known.chronological().defer_streamfields():
        if event.days:
            first, last = event.days
            for day in wanted:
                if first <= day <= last:
                    found.setdefault(day, []).append(event.draft_title or event.title)
    return found
