"""The edit forms of pages with an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from event_pages.enums import AgendaPlacement
from event_pages.publication_warnings import show_next_to_fields
from verkosto.core.formats import format_day
from verkosto.core.forms import PageForm
from verkosto.core.originals import is_original
from verkosto.core.text import clean_line
from verkosto.registrations.questions.registry import labels_of_options

if TYPE_CHECKING:
    from django.forms import BaseFormSet
    from wagtail.blocks import StreamValue

    from event_pages.models import EventPage
    from event_pages.models.agenda import AgendaPage


class AgendaForm(PageForm):
    """An edit form that checks agenda items against the dates of the page, the items above them and its questions."""

    formsets: dict[str, BaseFormSet]
    instance: AgendaPage

    def is_valid(self) -> bool:
        """Validate the page and its rows, then the rows against what was sent with them: dates, rows above, questions."""
        is_valid: bool = super().is_valid()
        if not is_valid or "agenda_items" not in self.formsets:
            return is_valid
        rows = self.formsets["agenda_items"]
        kept = [row for row in rows.forms if row not in rows.deleted_forms]
        self._refuse_days_outside(kept)
        self._refuse_first_below(kept)
        self._refuse_unknown_options([row for row in kept if row.cleaned_data.get("option")])
        return not any(row.errors for row in kept)

    def _refuse_days_outside(self, rows: list[Any]) -> None:
        periods = self.instance.agenda_periods
        if not periods:
            return
        first, last = periods[0]
        text = _("Give a day between %(first)s and %(last)s, when the event is.")
        if first == last:
            text = _("The event is on %(first)s. Give that day or leave the field empty.")
        for row in rows:
            day = row.cleaned_data.get("day")
            if day and not any(first <= day <= last for first, last in periods):
                row.add_error("day", text % {"first": format_day(first), "last": format_day(last)})

    def _refuse_first_below(self, rows: list[Any]) -> None:
        first = min(rows, key=lambda row: row.cleaned_data.get("ORDER") or 0, default=None)
        if first and first.cleaned_data.get("placement", AgendaPlacement.OWN) != AgendaPlacement.OWN:
            first.add_error("placement", _("This is the first item: there is no item above it."))

    def _refuse_unknown_options(self, rows: list[Any]) -> None:
        """Refuse options that the form does not have. They are labels of the original, so only its form is checked."""
        page: Any = self.instance
        if not rows or (page.pk and not is_original(page)):
            return
        options = labels_of_options(self._questions())
        text = _("There is no option “%(option)s” in the registration form. Copy the text of the option exactly.")
        for row in rows:
            if clean_line(row.cleaned_data["option"]).casefold() not in options:
                row.add_error("option", text % {"option": row.cleaned_data["option"]})

    def _questions(self) -> StreamValue:
        """Return the questions that people who come are asked: those of the page or, for a whole series, of its series."""
        page: Any = self.instance
        if self.parent_page and page.takes_places_of(self.parent_page):
            return self.parent_page.specific.questions
        return self.cleaned_data.get("questions") or page.questions


class EventForm(AgendaForm):
    """The form of an event, with warnings next to the fields that they concern."""

    instance: EventPage

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            show_next_to_fields(self)
