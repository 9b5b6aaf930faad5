"""The filter form of an event list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from event_pages.enums import Attendance
from event_pages.event_types import Choice, event_languages, event_types
from event_pages.filter_options import FilterOptions, options_among
from event_pages.time_views import TimeView, time_view_of
from verkosto.core.content_cache import cached

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet

FORMATS: list[Choice] = [(Attendance.ON_SITE, _("On site")), (Attendance.ONLINE, _("Online"))]


@dataclass(frozen=True)
class FilterLink:
    """A link to another view of the list."""

    label: str | Promise
    url: str
    is_current: bool = False


class EventFilter(forms.Form):
    """The filters that a visitor has chosen. None is required, and invalid values are ignored."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    kind = forms.ChoiceField(label=_("Event type"), required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    attendance = forms.ChoiceField(label=pgettext_lazy("of an event", "Format"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: QueryDict, *, view: TimeView, options: FilterOptions, address: str) -> None:
        super().__init__(data)
        self.view = view
        self.address = address
        self.networks = {str(network.translation_key): network for network in options.networks}
        choices: dict[str, list[Choice]] = {
            "topic": [(topic.slug, topic.name) for topic in options.topics],
            "kind": event_types(),
            "network": [(key, page.title) for key, page in self.networks.items()],
            "attendance": FORMATS,
            "language": event_languages(),
        }
        for name, field in self.fields.items():
            offered = options.offered(name, choices[name], data.get(name, ""))
            cast("forms.ChoiceField", field).choices = [("", _("All")), *offered]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The valid choices by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The view and the choices as the start of a query string, "" or ending in "&"."""
        values = self.view.parameters | self.chosen
        return f"{urlencode(values)}&" if values else ""

    @property
    def views(self) -> list[FilterLink]:
        """The views by time, each with the same choices."""
        this_month = TimeView("calendar", timezone.localdate().replace(day=1))
        views: list[tuple[str | Promise, TimeView]] = [
            (pgettext_lazy("events", "Upcoming"), TimeView()),
            (_("This week"), TimeView("week")),
            (_("This month"), TimeView("month")),
            (_("Calendar"), this_month),
            (pgettext_lazy("events", "Past"), TimeView("past")),
        ]
        return [FilterLink(label, self.url(view), view.name == self.view.name) for label, view in views]

    @property
    def chips(self) -> list[FilterLink]:
        """The choices, each with the address of the list without it."""
        return [FilterLink(self.label_of(name), self.url(self.view, without=name)) for name in self.chosen]

    @property
    def clear_url(self) -> str:
        """The address of the same view without choices."""
        return self._address_with(self.view.parameters)

    @property
    def title(self) -> str:
        """What distinguishes the list from that of all upcoming events: "Past events, Webinar"; "" for that."""
        choices = [self.label_of(name) for name in self.chosen]
        is_default = self.view == TimeView() and not choices
        return "" if is_default else ", ".join([str(self.view.heading), *choices])

    def label_of(self, name: str) -> str:
        """Return the label of the value that is chosen for a filter."""
        field = cast("forms.ChoiceField", self.fields[name])
        return next(str(label) for value, label in cast("list[Choice]", field.choices) if value == self.chosen[name])

    def url(self, view: TimeView, *, without: str = "") -> str:
        """Return the address of a view with the choices, or with all but one."""
        kept = {name: value for name, value in self.chosen.items() if name != without}
        return self._address_with(view.parameters | kept)

    def _address_with(self, parameters: dict[str, str]) -> str:
        return f"{self.address}?{urlencode(parameters)}" if parameters else self.address

    def month_url(self, month: date) -> str:
        """Return the address of the calendar of a month with the choices."""
        return self.url(TimeView("calendar", month))

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """Return the events that the choices select, in the order of the view."""
        network = self.networks[self.chosen["network"]] if "network" in self.chosen else None
        return self.view.narrow(select(events, self.chosen, network))


def select(events: EventQuerySet, chosen: Mapping[str, str], network: Page | None) -> EventQuerySet:
    """Return the events that match each choice, given by the name of its filter, and the network if there is one."""
    if "topic" in chosen:
        events = events.about(chosen["topic"])
    if "kind" in chosen:
        events = events.of_kind(chosen["kind"])
    if network:
        events = events.of_network(network)
    if "attendance" in chosen:
        events = events.attended(chosen["attendance"])
    if "language" in chosen:
        events = events.held_in(chosen["language"])
    return events


def filter_for(page: Page, events: EventQuerySet, data: QueryDict) -> EventFilter:
    """Return the filter of a page's list, with the options that match one of its events. No query until content changes."""
    view = time_view_of(data)
    options = cached(
        lambda: options_among(view.narrow(events), page.locale_id),
        "event-filter",
        page.pk,
        view.name,
        view.month or "all",
    )
    return EventFilter(data, view=view, options=options, address=page.url or "")
