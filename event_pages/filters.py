"""The filter form of an event list."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from event_pages.enums import Attendance
from event_pages.event_types import event_languages, event_types
from event_pages.panels import network_page_types
from verkosto.core.content_cache import cached
from verkosto.directory.models import Topic

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet

#: A value and its label, or the label of a group with its choices.
Choice: TypeAlias = tuple[str | Promise, object]

MONTHS = (date(2000, 1, 1), date(2200, 1, 1))  # the first month that can be shown, and the first that cannot


class Choices(TypedDict, total=False):
    """The valid choices of a filter."""

    time: str
    month: date
    topic: str
    kind: str
    network: str
    attendance: str
    language: str


class EventFilter(forms.Form):
    """The filters that a visitor has chosen. None is required, and invalid values are ignored."""

    time = forms.ChoiceField(
        label=_("Time"), choices=[("upcoming", _("Upcoming")), ("past", _("Past"))], required=False
    )
    month = forms.DateField(label=_("Month"), input_formats=["%Y-%m"], required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    kind = forms.ChoiceField(label=_("Event type"), required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    attendance = forms.ChoiceField(
        label=pgettext_lazy("of an event", "Format"),
        choices=[("", _("All")), (Attendance.ON_SITE, _("On site")), (Attendance.ONLINE, _("Online"))],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: QueryDict, *, topics: list[Topic], networks: list[Page]) -> None:
        super().__init__(data)
        self.networks = {str(network.translation_key): network for network in networks}
        all_of_them = ("", _("All"))
        self._set_choices("topic", [all_of_them, *((topic.slug, topic.name) for topic in topics)])
        self._set_choices("kind", [all_of_them, *event_types()])
        self._set_choices("network", [all_of_them, *((key, page.title) for key, page in self.networks.items())])
        self._set_choices("language", [all_of_them, *event_languages()])

    @cached_property
    def chosen(self) -> Choices:
        """The valid choices that narrow the list."""
        self.is_valid()
        return cast("Choices", {name: value for name, value in self.cleaned_data.items() if value})

    @property
    def narrows(self) -> bool:
        """Whether the filter is shown expanded: more is chosen than past, upcoming or a month."""
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
        values = {name: f"{value:%Y-%m}" if name == "month" else value for name, value in self.chosen.items()}
        return f"{urlencode(values)}&" if values else ""

    def _set_choices(self, name: str, choices: list[Choice]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """Return the events that the choices select."""
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


def filter_for(page: Page, data: QueryDict) -> EventFilter:
    """Return the filter of a list with the topics and networks of the page's language. No query until they change."""
    topics, networks = cached(partial(_filter_options, page.locale_id), "event-filter", page.locale_id)
    return EventFilter(data, topics=topics, networks=networks)


def _filter_options(locale_id: int) -> tuple[list[Topic], list[Page]]:
    topics = Topic.objects.filter(locale_id=locale_id).order_by("name")
    types = network_page_types()
    networks = Page.objects.live().filter(locale_id=locale_id).type(*types).order_by("title") if types else []
    return list(topics), list(networks)
