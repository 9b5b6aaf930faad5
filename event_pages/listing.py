"""Lists of events as visitors choose them: filters, pages, months."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page as PageOfEvents
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from event_pages.event_types import event_kinds, event_languages
from event_pages.panels import network_page_types
from verkosto.core.content_cache import cached
from verkosto.directory.models import Topic

if TYPE_CHECKING:
    from event_pages.models import EventPage
    from event_pages.querysets import EventQuerySet

PER_PAGE = 20
#: A list is counted no further: beyond it a visitor chooses a month or a filter, and the cost does not grow.
COUNTED = 400
MONTHS = (date(2000, 1, 1), date(2200, 1, 1))


class EventFilter(forms.Form):
    """What a visitor asks of the list. Nothing is required, and what is not valid is left out of account."""

    time = forms.ChoiceField(
        label=_("Time"), choices=[("upcoming", _("Upcoming")), ("past", _("Past"))], required=False
    )
    month = forms.DateField(label=_("Month"), input_formats=["%Y-%m"], required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    kind = forms.ChoiceField(label=_("Event type"), required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    attendance = forms.ChoiceField(
        label=pgettext_lazy("of an event", "Format"),
        choices=[("", _("All")), ("on_site", _("On site")), ("online", _("Online"))],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: QueryDict, *, topics: list[Topic], networks: list[Page]) -> None:
        super().__init__(data)
        self.networks = {str(network.translation_key): network for network in networks}
        every = ("", _("All"))
        self._offer("topic", [every, *((topic.slug, topic.name) for topic in topics)])
        self._offer("kind", [every, *event_kinds()])
        self._offer("network", [every, *((key, page.title) for key, page in self.networks.items())])
        self._offer("language", [every, *event_languages()])

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid choices that narrow the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        """Whether more is chosen than a time: the choices are then shown open."""
        return bool(self.chosen.keys() - {"time", "month"})

    @property
    def shows_past(self) -> bool:
        return self.chosen.get("time") == "past"

    @property
    def month_shown(self) -> date | None:
        month = self.chosen.get("month")
        return month if month and MONTHS[0] <= month < MONTHS[1] else None

    @property
    def query(self) -> str:
        """The choices as the start of a query string, "" or ending in "&"."""
        words = {name: f"{value:%Y-%m}" if name == "month" else value for name, value in self.chosen.items()}
        return f"{urlencode(words)}&" if words else ""

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        chosen = self.chosen
        if "topic" in chosen:
            events = events.about(chosen["topic"])
        if "kind" in chosen:
            events = events.of_kind(chosen["kind"])
        if "network" in chosen:
            events = events.of_network(self.networks[chosen["network"]])
        if "attendance" in chosen:
            events = events.attended(chosen["attendance"])
        if "language" in chosen:
            events = events.held_in(chosen["language"])
        if self.month_shown:
            return events.in_month(self.month_shown.year, self.month_shown.month)
        return events.past() if self.shows_past else events.upcoming()


class BoundedPaginator(Paginator):
    """Counts to ``COUNTED`` and no further."""

    object_list: EventQuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNTED].count()


@dataclass(frozen=True)
class MonthDay:
    day: date
    in_month: bool
    is_today: bool
    events: list[EventPage]


@dataclass(frozen=True)
class Month:
    """A month as a grid of weeks from Monday on, with the events of each day."""

    first: date
    weeks: list[list[MonthDay]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)


def page_number(asked: str | None) -> int:
    """The page of a list that is asked for; the first where that is no number, and none past all lists."""
    digits = asked if asked and asked.isascii() and asked.isdigit() and len(asked) < 7 else "1"
    return min(max(int(digits), 1), COUNTED // PER_PAGE)


def page_of_events(events: EventQuerySet, number: int) -> PageOfEvents:
    """One page of the events; a number past the end gives the last one."""
    return BoundedPaginator(events.for_listing(), PER_PAGE).get_page(number)


def month_of_events(first: date, events: list[EventPage]) -> Month:
    """The events laid into the weeks of a month, each on every day that it lasts in its own zone."""
    today = timezone.localdate()
    weeks = [
        [MonthDay(day, day.month == first.month, day == today, _on(day, events)) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, weeks)


def filter_of(page: Page, data: QueryDict) -> EventFilter:
    """The filter of a list with the topics and networks of the page's language. No query until they change."""
    topics, networks = cached(partial(_filter_options, page.locale_id), "event-filter", page.locale_id)
    return EventFilter(data, topics=topics, networks=networks)


def _filter_options(locale_id: int) -> tuple[list[Topic], list[Page]]:
    topics = Topic.objects.filter(locale_id=locale_id).order_by("name")
    types = network_page_types()
    networks = Page.objects.live().filter(locale_id=locale_id).type(*types).order_by("title") if types else []
    return list(topics), list(networks)


def _on(day: date, events: list[EventPage]) -> list[EventPage]:
    return [event for event in events if event.days and event.days[0] <= day <= event.days[1]]
