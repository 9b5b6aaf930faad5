"""The documents of data protection in the active language: the record of processing activities (GDPR, article 30), the
information for data subjects (article 13), and the table of retention times."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from verkosto.core.formats import format_day
from verkosto.registrations.privacy.desk_processing import DESK_STORES, desks_by_notice
from verkosto.registrations.privacy.processing import (
    ProcessingActivity,
    activities,
    controller,
    number_of_rows,
    undescribed_stores,
)
from verkosto.registrations.questions.types.base import Cell


@dataclass(frozen=True)
class Document:
    """Facts about the whole as (label, text), then a table. The first cell of a row says what the row is about."""

    title: str
    facts: list[tuple[str, str]]
    header: list[str]
    table: list[list[Cell]]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows for a spreadsheet: those of the table, then the facts."""
        yield from self.table
        for label, text in self.facts:
            yield [label, text]

    @property
    def parts(self) -> list[tuple[Cell, list[tuple[str, Cell]]]]:
        """The rows for a text: (what it is about, [(label, text)]), without empty texts."""
        return [
            (row[0], [(label, cell) for label, cell in zip(self.header[1:], row[1:], strict=True) if cell != ""])
            for row in self.table
        ]


def record_of_processing() -> Document:
    """Return the record of processing activities (article 30(1))."""
    header = [
        _("Activity"),
        pgettext("personal data", "Purpose"),
        _("Legal basis"),
        _("Categories of persons"),
        _("Categories of data"),
        _("Recipients"),
        _("Kept for"),
        _("Rows now"),
    ]
    return Document(_("Record of processing activities"), _facts(), header, [*_record_rows()])


def _record_rows() -> Iterator[list[Cell]]:
    described: set[str] = set(DESK_STORES)
    for group in desks_by_notice():
        numbers = sum(1 for _desk in group.desks)
        yield [*_cells(group.activity()), _("Events and pages: %(number)s") % {"number": numbers}]
    for activity in activities():
        described.update(activity.stores)
        yield [*_cells(activity), number_of_rows(activity.stores)]
    for store in undescribed_stores(described):
        missing = _("To be described by the controller")
        yield [store.name, *[missing] * 6, number_of_rows([store.name])]


def _cells(activity: ProcessingActivity) -> list[Cell]:
    texts = (activity.title, activity.purpose, activity.legal_basis, activity.persons, activity.data)
    return [*(str(text) for text in texts), str(activity.recipients), activity.retention()]


def information_texts() -> Document:
    """Return the information for data subjects of each activity (article 13(1) and (2))."""
    header = [_("Activity"), _("Why we use your data"), _("Legal basis"), _("What we keep"), _("Who receives it")]
    header += [_("How long we keep it"), _("Your rights")]
    rights = _(
        "You have the right to see your data, to have it corrected or erased, to restrict its use, to object to it, and to "
        "receive it in a file. Use your personal link, or write to us. You may complain to the supervisory authority."
    )
    every = [*(group.activity() for group in desks_by_notice()), *activities()]
    rows: list[list[Cell]] = [
        [
            *(str(each.title), str(each.purpose), str(each.legal_basis), str(each.data)),
            *(str(each.recipients), each.retention(), rights),
        ]
        for each in every
    ]
    return Document(_("Information for data subjects"), _controller_facts(), header, rows)


def retention_table() -> Document:
    """Return how long each kind of data is kept, and at which events and pages."""
    header = [_("Activity"), _("Kept for"), _("Events and pages")]
    rows: list[list[Cell]] = [
        [str(group.activity().title), group.retention(), ", ".join(desk.title for desk in group.desks)]
        for group in desks_by_notice()
    ]
    rows += [[str(each.title), each.retention(), ""] for each in activities()]
    return Document(_("Retention times"), _controller_facts(), header, rows)


def _facts() -> list[tuple[str, str]]:
    measures = [
        _("Rights are given by task and by part of the site; each view, export and erasure is logged"),
        _("Data is erased automatically at the end of its retention time, sensitive answers first"),
        _("Personal links are stored as digests; answers on dietary and access needs are stored apart"),
        _("Connections are encrypted; what registrants enter is in no cache, log or search index"),
    ]
    transfers = _("The system makes none. Add those of your hosting and email services.")
    return [
        *_controller_facts(),
        (_("Transfers to other countries"), transfers),
        (_("Security measures"), ". ".join(measures)),
    ]


def _controller_facts() -> list[tuple[str, str]]:
    who = controller()
    contact = ", ".join(part for part in (who.email, who.phone) if part)
    facts = [(_("Controller"), who.name), (_("Contact for data protection"), contact)]
    return [*((label, text) for label, text in facts if text), (_("Date"), format_day(timezone.localdate()))]


#: The documents by the name in their address.
DOCUMENTS: dict[str, tuple[str | Promise, Callable[[], Document]]] = {
    "record": (gettext_lazy("Record of processing activities"), record_of_processing),
    "information": (gettext_lazy("Information for data subjects"), information_texts),
    "retention": (gettext_lazy("Retention times"), retention_table),
}
