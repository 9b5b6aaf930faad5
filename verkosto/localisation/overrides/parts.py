"""The parts of a version that may differ on purpose, and the form of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel
from wagtail.blocks import BlockField, StreamValue
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import get_translatable_fields

from verkosto.localisation.facts import is_child_relation
from verkosto.localisation.overrides import local_overrides

WORDS_SHOWN = 60


@dataclass(frozen=True)
class Part:
    path: str
    label: str
    detached: bool
    is_block: bool = False


def parts_of(target: Any) -> list[Part]:
    detached = local_overrides.detached_fields(target)
    parts = []
    for translatable in get_translatable_fields(type(target)):
        name = translatable.field_name
        if not local_overrides.may_detach(target, name):
            continue
        field = translatable.get_field(type(target))
        if is_child_relation(field) and not has_panel(type(target), name):
            continue  # rows that another app gives to every page, and only some page types show
        parts.append(Part(name, field_label(field), name in detached))
        if isinstance(field, StreamField):
            for block in getattr(target, name):
                path = f"{name}.{block.id}"
                parts.append(Part(path, block_label(block), path in detached, is_block=True))
    return parts


def field_label(field: Any) -> str:
    label = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
    return str(capfirst(label))


def block_label(block: StreamValue.StreamChild) -> str:
    """The block's kind and its first words, so that one of five paragraphs is known again."""
    words = " ".join(str(words) for words in block.block.get_searchable_content(block.value))
    words = Truncator(strip_tags(words).strip()).chars(WORDS_SHOWN)
    return f"{capfirst(block.block.label)}: {words}" if words else str(capfirst(block.block.label))


class PartEditor:
    """The form of one detached part: the field's own panel, or the block alone. ``media`` and ``render()`` for templates."""

    def __init__(self, target: TranslatableMixin, path: str, request: HttpRequest) -> None:
        self.target, self.path = target, path
        self.field_name, _dot, self.block_id = path.partition(".")
        local_overrides.reapply(target)  # what is stored, and perhaps not applied yet
        self.panel: Any = None
        self.form: Any
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        if self.block_id:
            self.form = self._block_form(data, files)
        else:
            self.form = self._field_form(data, files, request)

    @property
    def label(self) -> str:
        if self.block_id:
            return block_label(self._block())
        return field_label(type(self.target)._meta.get_field(self.field_name))

    @property
    def media(self) -> forms.Media:
        return self.form.media + (self.panel.media if self.panel else forms.Media())

    def save(self, by: Any) -> None:
        """Raises ValueError when the form is not valid."""
        if not self.form.is_valid():
            raise ValueError("The form is not valid.")
        if self.block_id:
            self._block().value = self.form.cleaned_data["part"]
        else:
            self.form.save(commit=False)
        local_overrides.detach(self.target, self.path, by=by)

    def _block(self) -> StreamValue.StreamChild:
        return next(block for block in getattr(self.target, self.field_name) if block.id == self.block_id)

    def _block_form(self, data: Any, files: Any) -> forms.Form:
        block = self._block()
        form = forms.Form(data, files, initial={"part": block.value})
        form.fields["part"] = BlockField(block=block.block, label=capfirst(block.block.label))
        return form

    def _field_form(self, data: Any, files: Any, request: HttpRequest) -> Any:
        model: Any = type(self.target)
        handler = ObjectList([panel_of(model, self.field_name)]).bind_to_model(model)
        form = handler.get_form_class()(data, files, instance=self.target, for_user=request.user)
        self.panel = handler.get_bound_panel(instance=self.target, request=request, form=form)
        return form


def has_panel(model: Any, field_name: str) -> bool:
    """Whether people write the field in the model's own editor; true where that cannot be told."""
    return not hasattr(model, "get_edit_handler") or _find(model.get_edit_handler(), field_name) is not None


def panel_of(model: Any, field_name: str) -> Panel:
    """A panel for the field: that of the page's editor, with its widget and its help, or else a plain one."""
    handler = model.get_edit_handler() if hasattr(model, "get_edit_handler") else None
    found = _find(handler, field_name) if handler is not None else None
    if found is not None:
        return found.clone()
    field = model._meta.get_field(field_name)
    if isinstance(getattr(field, "remote_field", None), ParentalKey):
        return InlinePanel(field_name)
    return FieldPanel(field_name)


def _find(panel: Any, field_name: str) -> Any:
    if field_name in (getattr(panel, "field_name", None), getattr(panel, "relation_name", None)):
        return panel
    return next((found for child in getattr(panel, "children", ()) if (found := _find(child, field_name))), None)
