"""The options of an event list's filter, and which of them match an event of the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Left
from wagtail.models import Page

from event_pages.enums import Attendance
from event_pages.event_types import Choice
from event_pages.models.organisers import NetworkLink
from event_pages.panels import network_page_types
from verkosto.directory.models import Topic, TopicLink

if TYPE_CHECKING:
    from event_pages.querysets import EventQuerySet


@dataclass(frozen=True)
class FilterOptions:
    """The topics and networks of a language, and the values of each filter that match an event of the list."""

    topics: list[Topic]
    networks: list[Page]
    matching: dict[str, set[str]]

    def offered(self, name: str, choices: Iterable[Choice], chosen: str) -> list[Choice]:
        """Return those choices of a filter that match, and the one that is chosen."""
        return [choice for choice in choices if choice[0] in self.matching[name] or choice[0] == chosen]


def options_among(events: EventQuerySet, locale_id: int) -> FilterOptions:
    """Return the filter options of a list with these events. Three queries."""
    pages = events.order_by().values("pk")
    linked = TopicLink.objects.filter(topic=OuterRef("pk"), page__in=pages)
    topics = list(Topic.objects.filter(locale_id=locale_id).annotate(matches=Exists(linked)).order_by("name"))
    # Pages above the events, instead of each event: a list may have thousands.
    parent = Left("path", F("depth") * Page.steplen - Page.steplen)
    rows = events.order_by().annotate(parent=parent)
    facts = list(rows.values_list("kind", "attendance", "event_languages", "parent").distinct())
    networks = _networks(pages, locale_id)
    above = tuple({row[3] for row in facts})
    return FilterOptions(
        topics=topics,
        networks=networks,
        matching={
            "topic": {topic.slug for topic in topics if topic.matches},
            "kind": {row[0] for row in facts},
            "attendance": _attendances({row[1] for row in facts}),
            "language": {code for row in facts for code in row[2]},
            "network": {
                str(network.translation_key)
                for network in networks
                if network.is_named or any(path.startswith(network.path) for path in above)
            },
        },
    )


def _networks(pages: EventQuerySet, locale_id: int) -> list[Page]:
    """Return the networks of a language in alphabetical order, each with ``is_named``: whether an event names it."""
    if not (types := network_page_types()):
        return []
    naming = NetworkLink.objects.filter(network_page__translation_key=OuterRef("translation_key"), page__in=pages)
    networks = Page.objects.live().filter(locale_id=locale_id).type(*types).annotate(is_named=Exists(naming))
    return list(networks.order_by("title"))


def _attendances(found: set[str]) -> set[str]:
    """Return the formats to choose from: a hybrid event is both on site and online."""
    return found | ({Attendance.ON_SITE, Attendance.ONLINE} if Attendance.HYBRID in found else set())
