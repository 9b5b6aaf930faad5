"""Old revisions whose rows have since been deleted, or deleted and made again.

modelcluster drops a row whose parent row no longer exists. So when an old revision is published, the speakers of an
agenda item that was deleted or made again would be lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Self, cast

from django.db import models
from django.db.models import Q
from modelcluster.models import ClusterableModel, get_all_child_relations


class KeepRevisionRowsMixin(ClusterableModel):
    """A page type whose revisions keep the rows below their rows."""

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: dict[str, object], check_fks: bool = True, strict_fks: bool = False) -> Self:
        if check_fks:
            data = with_current_pks(cls, data)
            # One query for each model. Only if a row is missing does modelcluster check each key, and drop those rows.
            check_fks = not all(_all_stored(field, keys) for field, keys in _targets(cls, data).items())
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)


def with_current_pks(model: type[models.Model], data: dict[str, object]) -> dict[str, object]:
    """Return a revision's content in which rows have the pks under which they are stored now.

    A row with rows below it that is no longer stored gets the pk of the stored row with the same translation key, or no
    pk: publishing then creates it together with the rows below it. One query for each relation with such rows.
    """
    corrected = dict(data)
    for relation in get_all_child_relations(model):
        name, child = relation.get_accessor_name(), relation.related_model
        rows = cast("list[dict[str, object]]", data.get(name))
        if rows and issubclass(child, ClusterableModel) and get_all_child_relations(child):
            pks = _stored_pks(child, relation.field.name, data["pk"], rows)
            corrected[name] = [_with_pk(child, row, _current_pk(row, pks)) for row in rows]
    return corrected


def _targets(model: type[models.Model], data: Mapping[str, object]) -> dict[models.Field, set[object]]:
    """Return the values of the foreign keys of a revision's content, also of its rows, by the fields they refer to."""
    found: dict[models.Field, set[object]] = defaultdict(set)
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and data.get(field.name) is not None:
            target = field.target_field
            found[target].add(target.to_python(data[field.name]))
    for relation in get_all_child_relations(model):
        for row in cast("list[dict[str, object]]", data.get(relation.get_accessor_name()) or []):
            for target, values in _targets(relation.related_model, row).items():
                found[target] |= values
    return found


def _all_stored(target: models.Field, values: Collection[object]) -> bool:
    stored = target.model._default_manager.filter(**{f"{target.name}__in": values})
    return stored.count() == len(values)


def _stored_pks(
    model: type[models.Model], parent_field: str, parent_pk: object, rows: list[dict[str, object]]
) -> dict[object, object]:
    """Return the stored pks of the rows, by their pks and by their translation keys."""
    condition = Q(pk__in=[row["pk"] for row in rows if row["pk"]])
    keyed = "translation_key" in rows[0]
    if keyed:
        condition |= Q(**{parent_field: parent_pk, "translation_key__in": [row["translation_key"] for row in rows]})
    found: dict[object, object] = {}
    for pk, key in model._default_manager.filter(condition).values_list("pk", "translation_key" if keyed else "pk"):
        found[pk] = found[str(key)] = pk
    return found


def _current_pk(row: dict[str, object], pks: dict[object, object]) -> object:
    return pks.get(row["pk"]) or pks.get(str(row.get("translation_key")))


def _with_pk(model: type[models.Model], row: dict[str, object], pk: object) -> dict[str, object]:
    if pk == row["pk"]:
        return with_current_pks(model, row)
    moved = {**row, "pk": pk}
    for relation in get_all_child_relations(model):
        name, field = relation.get_accessor_name(), relation.field.name
        if row.get(name):
            # They were deleted with the row, and are created again.
            rows = cast("list[dict[str, object]]", row[name])
            moved[name] = [_with_pk(relation.related_model, {**below, field: pk}, None) for below in rows]
    return moved
