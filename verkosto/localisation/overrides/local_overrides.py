"""Local overrides: fields and blocks that differ in one language on purpose and stay so in every synchronisation."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields, model_from_serializable_data
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation

from verkosto.core.originals import is_original
from verkosto.core.users import SignedInUser
from verkosto.localisation.facts import is_child_relation, may_differ
from verkosto.localisation.models import LocalOverride
from verkosto.localisation.states.applied import mark_not_applied


def overrides_of(instance: TranslatableMixin) -> list[LocalOverride]:
    """Return the local overrides of a version, without those of fields that may no longer differ."""
    rows = LocalOverride.objects.filter(translation_key=instance.translation_key, locale_id=instance.locale_id)
    return [row for row in rows if may_override(instance, row.field_name)]


def overridden_paths_of(instance: TranslatableMixin) -> set[str]:
    """Return the paths of the version's local overrides: "contacts", "body.<block id>"."""
    return {override.path for override in overrides_of(instance)}


def overridden_field_names(instance: TranslatableMixin) -> set[str]:
    """Return the names of the fields that are overridden as a whole."""
    return {path for path in overridden_paths_of(instance) if "." not in path}


def may_override(instance: TranslatableMixin, field_name: str) -> bool:
    """Return whether a field may differ in one language: see `facts.may_differ`."""
    return may_differ(type(instance), field_name)


def create_override(instance: TranslatableMixin, path: str, *, by: SignedInUser | None = None) -> LocalOverride:
    """Keep the content at `path` as it is in this language. Raises ValidationError if it may not differ."""
    field_name, _dot, block_id = path.partition(".")
    if is_original(instance):
        raise ValidationError(_("The original version cannot be detached."))
    if not may_override(instance, field_name):
        raise ValidationError(_("This content is the same in every language and cannot be detached."))
    value = serialised(instance).get(field_name)
    if block_id:
        value = _find_block(value, block_id)
        if value is None:
            raise ValidationError(_("The page has no such block."))
    if value != _live_value(instance, path):
        mark_not_applied(instance.translation_key, instance.locale_id)
    override, _created = LocalOverride.objects.update_or_create(
        translation_key=instance.translation_key,
        locale_id=instance.locale_id,
        path=path,
        defaults={"value": value, "by": by},
    )
    return override


def remove_override(instance: TranslatableMixin, path: str) -> None:
    """Let the content at `path` follow the original again, from the next publication on."""
    mark_not_applied(instance.translation_key, instance.locale_id)
    LocalOverride.objects.filter(
        translation_key=instance.translation_key, locale_id=instance.locale_id, path=path
    ).delete()


def _live_value(instance: TranslatableMixin, path: str) -> object:
    field_name, _dot, block_id = path.partition(".")
    live = type(instance)._default_manager.filter(pk=instance.pk).first()
    value = serialised(live).get(field_name) if live is not None else None
    return _find_block(value, block_id) if block_id else value


def apply_overrides(instance: TranslatableMixin) -> None:
    """Make an instance that is about to be saved and its local overrides equal.

    The overrides are copied to a version that is synchronised. They are updated from a version that is edited by hand.
    """
    overrides = overrides_of(instance)
    if not overrides:
        return
    data = serialised(instance)
    if not is_synchronised(instance):
        for override in overrides:
            _store(override, data)
        return
    for override in overrides:
        data[override.field_name] = (
            _with_block(data[override.field_name], override) if override.block_id else override.value
        )
    donor = deserialised(type(instance), data)
    for name in {override.field_name for override in overrides}:
        _take_field(instance, donor, name)


def is_synchronised(instance: TranslatableMixin) -> bool:
    """Return whether wagtail-localize writes this version from its strings, and not a person in the page editor."""
    return Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    ).exists()


def serialised(instance: TranslatableMixin) -> dict[str, object]:
    """Return the instance as plain data, with its inline children."""
    if isinstance(instance, ClusterableModel):
        return instance.serializable_data()
    return get_serializable_data_for_fields(instance)


def deserialised(model: type[TranslatableMixin], data: dict[str, object]) -> TranslatableMixin:
    """Return an unsaved instance made from plain data."""
    if issubclass(model, ClusterableModel):
        return model.from_serializable_data(data, check_fks=True, strict_fks=False)
    return model_from_serializable_data(model, data, check_fks=True, strict_fks=False)


def override_differing_fields(instance: TranslatableMixin, names: list[str]) -> list[str]:
    """Make local overrides of those of the fields that may differ. Return their names."""
    return [create_override(instance, name).path for name in names if may_override(instance, name)]


def _store(override: LocalOverride, data: dict[str, object]) -> None:
    value = data.get(override.field_name)
    if override.block_id:
        value = _find_block(value, override.block_id)
    if value is None:
        override.delete()
    elif value != override.value:
        override.value = value
        override.save(update_fields=["value"])


def _blocks(value: str | list[dict[str, object]] | None) -> list[dict[str, object]]:
    return json.loads(value) if isinstance(value, str) else list(value or [])  # a StreamField serialises to a string


def _find_block(value: Any, block_id: str) -> dict[str, object] | None:
    return next((block for block in _blocks(value) if block.get("id") == block_id), None)


def _with_block(value: Any, override: LocalOverride) -> str:
    blocks = _blocks(value)
    ids = [block.get("id") for block in blocks]
    if override.block_id in ids:
        blocks[ids.index(override.block_id)] = override.value or {}
    else:
        blocks.append(override.value or {})
    return json.dumps(blocks)


def _take_field(instance: TranslatableMixin, donor: TranslatableMixin, name: str) -> None:
    field = type(instance)._meta.get_field(name)
    if is_child_relation(field) or field.many_to_many:
        getattr(instance, name).set(getattr(donor, name).all())
    else:
        setattr(instance, field.attname, getattr(donor, field.attname))
