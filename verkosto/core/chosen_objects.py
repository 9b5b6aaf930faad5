"""The objects that the choosers of a form show, read together instead of one by one.

Wagtail's chooser reads its object when it is rendered: a page with thirty speakers would need thirty queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Model
from django.forms import BaseForm
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import StreamValue
from wagtail.blocks.base import BlockField
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page

from verkosto.core.forms import PageForm
from verkosto.core.row_ids import row_ids
from verkosto.core.upstream import remember_instances, remember_parents


def connect() -> None:
    """Make the forms of pages read the objects that their choosers show, when they are opened."""
    PageForm.prepare_opened.append(fetch_chosen)


def fetch_chosen(form: BaseForm) -> None:
    """Read the objects of the choosers of a form and of all rows below it. One query per model; for pages two more."""
    _fetch_in_streams(form)
    chosen: dict[type[Model], list[tuple[BaseChooser, object]]] = defaultdict(list)
    for row in _with_rows(form):
        for name, field in row.fields.items():
            value = row[name].value() if isinstance(field.widget, BaseChooser) else None
            if value and not isinstance(value, Model):
                chosen[field.widget.model_class].append((field.widget, value))
    for model, uses in chosen.items():
        found = _read(model, (value for _widget, value in uses))
        for widget, _value in uses:
            remember_instances(widget, found)


def _fetch_in_streams(form: BaseForm) -> None:
    """Read the specific pages and the parents of the pages that are chosen in streams."""
    fields = [name for name, field in form.fields.items() if isinstance(field, BlockField)]
    chosen = [page for name in fields for page in _pages(form[name].value())]
    if chosen:
        found = _read(Page, (page.pk for page in chosen))
        for page in chosen:
            page.specific = found[str(page.pk)]


def _pages(value: object) -> Iterator[Page]:
    """Yield the pages in the value of a block and of the blocks in it."""
    if isinstance(value, Page):
        yield value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _pages(child.value)
    elif isinstance(value, Mapping | ListValue):
        for child in value.values() if isinstance(value, Mapping) else value:
            yield from _pages(child)


def _with_rows(form: BaseForm) -> Iterator[BaseForm]:
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            yield from _with_rows(row)


def _read(model: type[Model], pks: Iterable[object]) -> dict[str, Model]:
    valid = set(row_ids(pks))
    if issubclass(model, Page):
        found = list(Page.objects.filter(pk__in=valid).specific())
        remember_parents(found)
    else:
        found = list(model._default_manager.filter(pk__in=valid))
    return {str(instance.pk): instance for instance in found}
