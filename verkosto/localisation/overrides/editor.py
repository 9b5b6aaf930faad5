"""The list of content that may have a local override, and the form of one override."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel
from wagtail.blocks import BlockField, StreamValue
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import get_translatable_fields

from verkosto.core.users import SignedInUser
from verkosto.localisation.facts import is_child_relation
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.upstream import find_panel

LABEL_LENGTH = 60


@dataclass(frozen=True)
class OverridableContent:
    """A field or block of a language version that may have a local override."""

    path: str
    label: str
    is_overridden: bool
    is_block: bool = False


def overridable_content(target: TranslatableMixin) -> list[OverridableContent]:
    """Return the fields and blocks of a language version that may have a local override, in their order."""
    overridden = local_overrides.overridden_paths_of(target)
    found = []
    for translatable in get_translatable_fields(type(target)):
        name = translatable.field_name
        if not local_overrides.may_override(target, name):
            continue
        field = translatable.get_field(type(target))
        if is_child_relation(field) and not has_panel(type(target), name):
            continue  # a relation that another app adds to every page, and that this page type does not show
        found.append(OverridableContent(name, field_label(field), name in overridden))
        if isinstance(field, StreamField):
            for block in getattr(target, name):
                path = f"{name}.{block.id}"
                found.append(OverridableContent(path, block_label(block), path in overridden, is_block=True))
    return found


def field_label(field: models.Field | models.ForeignObjectRel) -> str:
    """Return the name of a field or of a relation's rows, as people read it."""
    label = (
        field.related_model._meta.verbose_name_plural
        if isinstance(field, models.ForeignObjectRel)
        else field.verbose_name
    )
    return str(capfirst(label))


def block_label(block: StreamValue.StreamChild) -> str:
    """Return a block's type and the beginning of its text, by which people tell blocks of one type apart."""
    text = " ".join(str(text) for text in block.block.get_searchable_content(block.value))
    text = Truncator(strip_tags(text).strip()).chars(LABEL_LENGTH)
    return f"{capfirst(block.block.label)}: {text}" if text else str(capfirst(block.block.label))


class OverrideEditor:
    """The form of one local override: the field's own panel, or the block alone."""

    def __init__(self, target: TranslatableMixin, path: str, request: HttpRequest) -> None:
        self.target, self.path = target, path
        self.field_name, _dot, self.block_id = path.partition(".")
        local_overrides.apply_overrides(target)  # the stored overrides, which may not be published yet
        self.panel: Panel.BoundPanel | None = None
        self.form: forms.Form
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

    def save(self, by: SignedInUser) -> None:
        """Store the override. Raises ValueError if the form is not valid."""
        if not self.form.is_valid():
            raise ValueError("The form is not valid.")
        if self.block_id:
            self._block().value = self.form.cleaned_data["content"]
        elif isinstance(self.form, WagtailAdminModelForm):
            self.form.save(commit=False)
        local_overrides.create_override(self.target, self.path, by=by)

    def _block(self) -> StreamValue.StreamChild:
        return next(block for block in getattr(self.target, self.field_name) if block.id == self.block_id)

    def _block_form(
        self, data: Mapping[str, object] | None, files: MultiValueDict[str, UploadedFile] | None
    ) -> forms.Form:
        block = self._block()
        form = forms.Form(data, files, initial={"content": block.value})
        form.fields["content"] = BlockField(block=block.block, label=capfirst(block.block.label))
        return form

    def _field_form(
        self, data: Mapping[str, object] | None, files: MultiValueDict[str, UploadedFile] | None, request: HttpRequest
    ) -> WagtailAdminModelForm:
        model = type(self.target)
        handler = ObjectList([panel_of(model, self.field_name)]).bind_to_model(model)
        form = handler.get_form_class()(data, files, instance=self.target, for_user=request.user)
        self.panel = handler.get_bound_panel(instance=self.target, request=request, form=form)
        return form


def has_panel(model: type[models.Model], field_name: str) -> bool:
    """Return whether the model's own editor has the field; True if the model's editor is not known."""
    return not hasattr(model, "get_edit_handler") or find_panel(model.get_edit_handler(), field_name) is not None


def panel_of(model: type[models.Model], field_name: str) -> Panel:
    """Return a panel for the field: that of the page's editor, with its widget and help text, or else a plain one."""
    handler = model.get_edit_handler() if hasattr(model, "get_edit_handler") else None
    found = find_panel(handler, field_name) if handler is not None else None
    if found is not None:
        return found.clone()
    field = model._meta.get_field(field_name)
    if isinstance(getattr(field, "remote_field", None), ParentalKey):
        return InlinePanel(field_name)
    return FieldPanel(field_name)
