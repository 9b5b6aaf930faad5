"""Differing on purpose: a field or a block that one language keeps for itself through every synchronisation."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields, model_from_serializable_data
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import Translation

from verkosto.localisation.facts import is_child_relation
from verkosto.localisation.models import Detachment, TranslationState
from verkosto.localisation.originals import is_original


def detachments(instance: TranslatableMixin) -> list[Detachment]:
    return list(Detachment.objects.filter(translation_key=instance.translation_key, locale_id=instance.locale_id))


def detached_fields(instance: TranslatableMixin) -> set[str]:
    """The paths that this version keeps apart: "contacts", "body.<block id>"."""
    return {detachment.path for detachment in detachments(instance)}


def detached_field_names(instance: TranslatableMixin) -> set[str]:
    """The names of the fields that are detached whole."""
    return {path for path in detached_fields(instance) if "." not in path}


def may_detach(instance: TranslatableMixin, field_name: str) -> bool:
    """A fact that the model declares `overridable=False` (a desk's fact) is the same in every language."""
    for field in get_translatable_fields(type(instance)):
        if field.field_name == field_name:
            return not isinstance(field, SynchronizedField) or field.overridable
    return False


def detach(instance: TranslatableMixin, path: str, *, by: Any = None) -> Detachment:
    """Keeps the part at `path` as it now stands in this language. Raises ValidationError where that makes no sense."""
    field_name, _dot, block_id = path.partition(".")
    if is_original(instance):
        raise ValidationError(_("The original version cannot be detached."))
    if not may_detach(instance, field_name):
        raise ValidationError(_("This content is the same in every language and cannot be detached."))
    value = serialised(instance).get(field_name)
    if block_id:
        value = _find_block(value, block_id)
        if value is None:
            raise ValidationError(_("The page has no such block."))
    if value != _live_value(instance, path):
        mark_not_applied(instance)
    detachment, _created = Detachment.objects.update_or_create(
        translation_key=instance.translation_key,
        locale_id=instance.locale_id,
        path=path,
        defaults={"value": value, "by": by},
    )
    return detachment


def reattach(instance: TranslatableMixin, path: str) -> None:
    """Lets the part follow the original again, from the next time that it is published or applied."""
    mark_not_applied(instance)
    Detachment.objects.filter(
        translation_key=instance.translation_key, locale_id=instance.locale_id, path=path
    ).delete()


def mark_not_applied(instance: TranslatableMixin) -> None:
    """The live row does not say yet what is stored: the version is ready, and waits to be applied."""
    TranslationState.objects.filter(translation_key=instance.translation_key, locale_id=instance.locale_id).update(
        applied=""
    )


def _live_value(instance: TranslatableMixin, path: str) -> Any:
    field_name, _dot, block_id = path.partition(".")
    live = type(instance)._default_manager.filter(pk=instance.pk).first()
    value = serialised(live).get(field_name) if live is not None else None
    return _find_block(value, block_id) if block_id else value


def reapply(instance: TranslatableMixin) -> None:
    """Before a save: a synchronised version gets its detached parts back, one edited by hand updates them."""
    parts = detachments(instance)
    if not parts:
        return
    data = serialised(instance)
    if not is_synchronised(instance):
        for part in parts:
            _store(part, data)
        return
    for part in parts:
        data[part.field_name] = _with_block(data[part.field_name], part) if part.block_id else part.value
    donor = deserialised(type(instance), data)
    for name in {part.field_name for part in parts}:
        _take_field(instance, donor, name)


def is_synchronised(instance: TranslatableMixin) -> bool:
    """Whether wagtail-localize writes this version (the string editor), and not a person in the page editor."""
    return Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    ).exists()


def serialised(instance: TranslatableMixin) -> dict[str, Any]:
    if isinstance(instance, ClusterableModel):
        return instance.serializable_data()
    return get_serializable_data_for_fields(instance)


def deserialised(model: type[TranslatableMixin], data: dict[str, Any]) -> TranslatableMixin:
    if issubclass(model, ClusterableModel):
        return model.from_serializable_data(data, check_fks=True, strict_fks=False)
    return model_from_serializable_data(model, data, check_fks=True, strict_fks=False)


def detach_what_may_differ(instance: TranslatableMixin, names: list[str]) -> list[str]:
    """Marks as detached those fields that a language may hold for itself; returns their names."""
    return [detach(instance, name).path for name in names if may_detach(instance, name)]


def _store(part: Detachment, data: dict[str, Any]) -> None:
    value = data.get(part.field_name)
    if part.block_id:
        value = _find_block(value, part.block_id)
    if value is None:
        part.delete()
    elif value != part.value:
        part.value = value
        part.save(update_fields=["value"])


def _blocks(value: Any) -> list[dict[str, Any]]:
    return json.loads(value) if isinstance(value, str) else list(value or [])  # a StreamField serialises to a string


def _find_block(value: Any, block_id: str) -> dict[str, Any] | None:
    return next((block for block in _blocks(value) if block.get("id") == block_id), None)


def _with_block(value: Any, part: Detachment) -> str:
    blocks = _blocks(value)
    ids = [block.get("id") for block in blocks]
    if part.block_id in ids:
        blocks[ids.index(part.block_id)] = part.value or {}
    else:
        blocks.append(part.value or {})
    return json.dumps(blocks)


def _take_field(instance: TranslatableMixin, donor: TranslatableMixin, name: str) -> None:
    field = type(instance)._meta.get_field(name)
    if is_child_relation(field) or field.many_to_many:
        getattr(instance, name).set(getattr(donor, name).all())
    else:
        setattr(instance, field.attname, getattr(donor, field.attname))
