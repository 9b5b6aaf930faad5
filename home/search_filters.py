"""What a visitor may choose among the results of a search: the type of page, the network, and the time of events."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail.query import PageQuerySet

from event_pages.filters import FilterLink
from event_pages.models import EventPage, EventSeriesPage, NetworkLink
from home.models import NewsPage
from network_pages.models import NetworkPage, ProgrammePage, ProgrammeRoundPage, SmallGroupPage
from verkosto.core.view_restrictions import public_q

OTHER = "page"
#: The types of page by name in the address. Each includes the types that plugins derive from its own.
TYPES: dict[str, tuple[str | Promise, tuple[type[Page], ...]]] = {
    "event": (_("Events"), (EventPage, EventSeriesPage)),
    "network": (_("Networks"), (NetworkPage, SmallGroupPage)),
    "programme": (_("Programmes"), (ProgrammePage, ProgrammeRoundPage)),
    "news": (_("News"), (NewsPage,)),
    OTHER: (_("Other pages"), ()),
}
TIMES: dict[str, str | Promise] = {
    "upcoming": pgettext_lazy("events", "Upcoming"),
    "past": pgettext_lazy("events", "Past"),
}


@dataclass(frozen=True)
class Matches:
    """The keys of the pages found, in order, and of their content types. As arrays, so that thousands are read fast."""

    keys: array[int] = field(default_factory=lambda: array("q"))
    types: array[int] = field(default_factory=lambda: array("q"))

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int]]) -> Matches:
        """Return the matches of rows with the keys of a page and its content type."""
        keys, types = array("q"), array("q")
        for key, content_type in rows:
            keys.append(key)
            types.append(content_type)
        return cls(keys, types)


@dataclass(frozen=True)
class Tab:
    """A link to the results of one type, with their number."""

    label: str | Promise
    url: str
    count: int
    is_current: bool


@dataclass
class SearchFilter:
    """The choices of a visitor. Values that are not offered are ignored."""

    query: str
    data: Mapping[str, str]
    locale_id: int
    address: str

    @cached_property
    def networks(self) -> dict[str, Page]:
        """The published networks of the language by key, in alphabetical order. One query."""
        pages = NetworkPage.objects.live().filter(public_q()).in_locale(self.locale_id).alphabetical()
        return {str(page.translation_key): page for page in pages.defer_streamfields()}

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The valid choices by name."""
        options = {"type": TYPES, "network": self.networks, "time": TIMES}
        return {name: value for name, values in options.items() if (value := self.data.get(name, "")) in values}

    @property
    def fields(self) -> list[tuple[str, str | Promise, list[tuple[str, str | Promise]]]]:
        """The lists to choose from: name, label and options. Those without a choice are left out."""
        networks = [(key, page.title) for key, page in self.networks.items()]
        offered = [("network", _("Network"), networks), ("time", _("Time of events"), list(TIMES.items()))]
        return [(name, label, options) for name, label, options in offered if options]

    def narrow(self, pages: PageQuerySet, now: datetime) -> PageQuerySet:
        """Return the pages that the choices of network and time select."""
        if "network" in self.chosen:
            network = self.networks[self.chosen["network"]]
            naming = NetworkLink.objects.filter(network_page__translation_key=network.translation_key)
            pages = pages.filter(Q(path__startswith=network.path) | Q(pk__in=naming.values("page")))
        if "time" in self.chosen:
            is_past = self.chosen["time"] == "past"
            time = Q(eventpage__sort_end__lt=now) if is_past else Q(eventpage__sort_end__gte=now)
            pages = pages.filter(time)
        return pages

    def of_type(self, found: Matches) -> Sequence[int]:
        """Return the keys of the pages of the chosen type, in their order."""
        chosen = self.chosen.get("type")
        if not chosen:
            return found.keys
        fitting = {key for key in set(found.types) if _type_of(key) == chosen}
        return [*compress(found.keys, map(fitting.__contains__, found.types))]

    def tabs(self, found: Matches) -> list[Tab]:
        """Return the types that the results have, with their numbers, "All" first."""
        counts: Counter[str] = Counter()
        for content_type, count in Counter(found.types).items():
            counts[_type_of(content_type)] += count
        chosen = self.chosen.get("type", "")
        tabs = [Tab(_("All"), self.url(without="type"), counts.total(), not chosen)]
        for name, (label, _models) in TYPES.items():
            if counts[name] or name == chosen:
                tabs.append(Tab(label, self.url(type=name), counts[name], name == chosen))
        return tabs

    @property
    def chips(self) -> list[FilterLink]:
        """The choices of network and time, each with the address of the results without it."""
        labels = {"network": {key: page.title for key, page in self.networks.items()}, "time": TIMES}
        return [
            FilterLink(str(labels[name][value]), self.url(without=name))
            for name, value in self.chosen.items()
            if name in labels
        ]

    @property
    def title(self) -> str:
        """What distinguishes the results from those without choices; "" for those."""
        kind = [str(TYPES[self.chosen["type"]][0])] if "type" in self.chosen else []
        return ", ".join([*kind, *(str(chip.label) for chip in self.chips)])

    @property
    def rest(self) -> str:
        """The query and the choices as the start of a query string, ending in "&"."""
        return f"{urlencode({'q': self.query} | self.chosen)}&"

    @property
    def clear_url(self) -> str:
        """The address of the results without choices."""
        return f"{self.address}?{urlencode({'q': self.query})}"

    def url(self, *, without: str = "", **changes: str) -> str:
        """Return the address of the results with other choices."""
        kept = {name: value for name, value in self.chosen.items() if name != without}
        return f"{self.address}?{urlencode({'q': self.query} | kept | changes)}"


def _type_of(content_type_id: int) -> str:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return next((name for name, (_, models) in TYPES.items() if model and issubclass(model, models)), OTHER)
