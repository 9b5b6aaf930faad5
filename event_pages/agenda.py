"""Who holds an event and what happens at it, hour by hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.models import Page

from verkosto.core.prefetch import ShowsRows, hand_out

if TYPE_CHECKING:
    from event_pages.models import AgendaItem, Organiser


@dataclass(frozen=True)
class AgendaDay:
    """The items of one day; ``day`` is None where the event lasts one day."""

    day: date | None
    items: list[AgendaItem]


class WithOrganisers(ShowsRows):
    """Organisers and networks of a page."""

    def shown_rows(self) -> dict[str, Any]:
        from event_pages.models import NetworkLink  # the models are built on this module

        keys = NetworkLink.objects.filter(page=self.pk).values("network_page__translation_key")
        networks = Page.objects.live().filter(translation_key__in=keys, locale_id=self.locale_id).order_by("title")
        return super().shown_rows() | {"networks": networks}

    @cached_property
    def organiser_list(self) -> list[Organiser]:
        return list(self.organisers.select_related("organisation"))

    @cached_property
    def networks(self) -> list[Page]:
        """The networks that the page names, in its own language."""
        return list(self.rows["networks"])


class WithAgenda(WithOrganisers):
    """An agenda by days."""

    def shown_rows(self) -> dict[str, Any]:
        from event_pages.models import AgendaSpeaker  # the models are built on this module

        speakers = AgendaSpeaker.objects.filter(item__page=self.pk).select_related("person__organisation")
        return super().shown_rows() | {"agenda_items": self.agenda_items.all(), "agenda_speakers": speakers}

    @cached_property
    def agenda(self) -> list[AgendaDay]:
        """The page's own agenda by days, with its speakers."""
        return agenda_of(self.rows["agenda_items"], self.rows["agenda_speakers"])


def agenda_of(items: Any, speakers: Any) -> list[AgendaDay]:
    """The items by days, each with its speakers. In a preview the items bring theirs."""
    if isinstance(items, QuerySet):
        hand_out(items, "speakers", speakers, "item_id")
    return by_days(list(items))


def by_days(items: list[AgendaItem]) -> list[AgendaDay]:
    """The items grouped by their day; an item without a day is on the day of the one before it."""
    days: list[AgendaDay] = []
    for item in items:
        if not days or (item.day and item.day != days[-1].day):
            days.append(AgendaDay(item.day, []))
        days[-1].items.append(item)
    return days
