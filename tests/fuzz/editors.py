"""What the scripts of the admin's editors add to a form: the blocks of streams, and the rows of formsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm, BaseFormSet, CheckboxInput
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.base import BlockField

Pairs = Iterator[tuple[str, str]]


def added_by_scripts(form: BaseForm) -> dict[str, str]:
    """Return every stream of the form with one more block of each type, and every formset with one more row."""
    return dict(_streams(form)) | dict(_rows(form))


def _streams(form: BaseForm) -> Pairs:
    for bound in form:
        if isinstance(bound.field, BlockField):
            block = bound.field.block
            held = [(child.block_type, child.value, child.id) for child in bound.value() or []]
            more = [
                (name, child.normalize(child.get_preview_value()), None) for name, child in block.child_blocks.items()
            ]
            yield from _stream(f"{bound.html_name}", block, [*held, *more])


def _stream(prefix: str, block: StreamBlock, children: Iterable[tuple[str, Any, str | None]]) -> Pairs:
    number = 0
    for number, (name, value, key) in enumerate(children, start=1):
        yield f"{prefix}-{number - 1}-type", name
        yield from _child(f"{prefix}-{number - 1}", block.child_blocks[name], value, number - 1, key)
    yield f"{prefix}-count", str(number)


def _child(prefix: str, block: Block, value: Any, order: int, key: str | None) -> Pairs:
    yield from ((f"{prefix}-deleted", ""), (f"{prefix}-order", str(order)), (f"{prefix}-id", key or ""))
    yield from _block(f"{prefix}-value", block, value)


def _block(prefix: str, block: Any, value: Any) -> Pairs:
    if isinstance(block, StreamBlock):
        yield from _stream(prefix, block, [(child.block_type, child.value, child.id) for child in value])
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            inner = value[name] if name in value else child.normalize(child.get_default())
            yield from _block(f"{prefix}-{name}", child, inner)
    elif isinstance(block, ListBlock):
        for order, child in enumerate(value.bound_blocks):
            yield from _child(f"{prefix}-{order}", block.child_block, child.value, order, child.id)
        yield f"{prefix}-count", str(len(value.bound_blocks))
    else:
        yield from _input(prefix, block.field.widget, block.value_for_form(value))


def _input(name: str, widget: Any, value: Any) -> Pairs:
    if isinstance(widget, CheckboxInput):
        if value:
            yield name, "on"
        return
    value = getattr(value, "pk", value)
    shown = widget.format_value(value) if hasattr(widget, "format_value") else value
    yield name, str((shown[0] if shown else "") if isinstance(shown, list) else "" if shown is None else shown)


def _rows(form: BaseForm, *, prefix: tuple[str, str] = ("", "")) -> Pairs:
    for formset in getattr(form, "formsets", {}).values():
        yield from _row(formset, prefix)


def _row(formset: BaseFormSet, prefix: tuple[str, str]) -> Pairs:
    """Yield one more row. ``prefix`` is what stands for the row above it, and its number."""
    name, number = formset.prefix.replace(*prefix), formset.total_form_count()
    yield f"{name}-TOTAL_FORMS", str(number + 1)
    yield f"{name}-INITIAL_FORMS", str(formset.initial_form_count())
    row = formset.empty_form
    here = (f"{name}-__prefix__", f"{name}-{number}")
    for bound in row:
        yield from _input(bound.html_name.replace(*prefix).replace(*here), bound.field.widget, bound.value())
    for nested in getattr(row, "formsets", {}).values():
        nested.prefix = nested.prefix.replace(*prefix).replace(*here)
        yield f"{nested.prefix}-TOTAL_FORMS", "0"
        yield f"{nested.prefix}-INITIAL_FORMS", "0"
