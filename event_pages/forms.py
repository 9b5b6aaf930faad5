"""The edit forms of pages with an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from event_pages.publication_warnings import show_next_to_fields
from verkosto.core.formats import format_day
from verkosto.core.forms import PageForm

if TYPE_CHECKING:
    from django.forms import BaseFormSet

    from event_pages.models import EventPage
    from event_pages.models.agenda import AgendaPage


class AgendaForm(PageForm):
    """An edit form that refuses agenda items on days outside the dates of the page."""

    formsets: dict[str, BaseFormSet]
    instance: AgendaPage

    def is_valid(self) -> bool:
        """Validate the page and its rows, then the rows' days against the dates that were sent with them."""
        if not super().is_valid():
            return False
        outside = self._rows_outside(self.instance.agenda_periods)
        if outside:
            first, last = self.instance.agenda_periods[0]
            text = _("Give a day between %(first)s and %(last)s, when the event is.")
            if first == last:
                text = _("The event is on %(first)s. Give that day or leave the field empty.")
            for row in outside:
                row.add_error("day", text % {"first": format_day(first), "last": format_day(last)})
        return not outside

    def _rows_outside(self, periods: list[Any]) -> list[Any]:
        if not periods or "agenda_items" not in self.formsets:
            return []
        rows = self.formsets["agenda_items"]
        days = {row: row.cleaned_data.get("day") for row in rows.forms if row not in rows.deleted_forms}
        return [row for row, day in days.items() if day and not any(first <= day <= last for first, last in periods)]


class EventForm(AgendaForm):
    """The form of an event, with warnings next to the fields that they concern."""

    instance: EventPage

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            show_next_to_fields(self)
