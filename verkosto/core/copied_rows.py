"""Copies of pages with rows at more than one level, in their revisions too.

Wagtail gives the rows of a copied page new translation keys and the locale of the copy, but not the rows below those
rows (the speakers of an agenda item): they keep the keys and the locale of the original. In the copied revisions they
also keep their pks, so that publishing such a revision would move the rows from the original to the copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Self, cast
from uuid import UUID, uuid4

from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import TranslatableMixin


class CopiedRows:
    """The rows of one copy of a page, and the new translation keys of the rows below them.

    ``fresh_keys`` is False if the copy keeps the keys, as a translation does.
    """

    def __init__(self, *, fresh_keys: bool) -> None:
        self.fresh_keys = fresh_keys
        self._keys: defaultdict[str, UUID] = defaultdict(uuid4)
        self._rows: dict[tuple[type, str], models.Model] = {}

    def new_key(self, old: UUID | str) -> UUID | str:
        """Return the copy's key for a key of the original. It is the same in the page and in all its revisions."""
        return self._keys[str(old)] if self.fresh_keys else old

    def adopt(self, row: models.Model, locale_id: int) -> None:
        """Set the locale of a copied row and of all rows below it, and the translation keys of the rows below it."""
        if isinstance(row, TranslatableMixin):
            row.locale_id = locale_id
        for child in _child_rows(row):
            if isinstance(child, TranslatableMixin):
                old = child.translation_key
                child.translation_key = self.new_key(old)
                self._rows[type(child), str(old)] = child
            self.adopt(child, locale_id)

    def correct(self, model: type[models.Model], content: dict[str, object]) -> None:
        """Make the content of a copied revision refer to the copy's rows at every level.

        Wagtail has done so for the direct rows of the page.
        """
        for relation, row in _rows_in_content(model, content):
            self._correct_below(relation.related_model, row)

    def _correct_below(self, model: type[models.Model], content: dict[str, object]) -> None:
        for relation, row in _rows_in_content(model, content):
            copied = None
            if "translation_key" in row:
                copied = self._rows.get((relation.related_model, str(row["translation_key"])))
                row["translation_key"] = str(self.new_key(str(row["translation_key"])))
            # A row that is only in the revision, or has no key, gets no pk, so that publishing creates it.
            row["pk"] = copied.pk if copied and content["pk"] else None
            row[relation.field.name] = content["pk"]
            self._correct_below(relation.related_model, row)


class CopyRowsMixin(ClusterableModel):
    """A page type whose rows are copied together with the rows below them, at any level.

    `copy_child_relation` is called by Wagtail for a copy, an alias and a translation, and by wagtail-localize.
    """

    copied_rows: CopiedRows | None = None

    class Meta:
        abstract = True

    def copy_child_relation(
        self,
        child_relation: models.ForeignObjectRel | str,
        target: CopyRowsMixin,
        commit: bool = False,
        append: bool = False,
    ) -> dict[object, object]:
        relation = self._meta.get_field(child_relation) if isinstance(child_relation, str) else child_relation
        copies = super().copy_child_relation(relation, target, append=append)
        copied_rows = target.copied_rows or CopiedRows(fresh_keys=target.translation_key != self.translation_key)
        if target.pk is None:
            target.copied_rows = copied_rows
        for copied in copies.values():
            # modelcluster returns the copies by the pk of their originals, and those of unsaved rows as one list.
            for row in copied if isinstance(copied, list) else [copied]:
                copied_rows.adopt(row, target.locale_id)
        if commit:
            getattr(target, str(relation.get_accessor_name())).commit()
        return copies

    def get_latest_revision_as_object(self) -> Self:
        # Wagtail calls this on a copy after it has copied the revisions, to make the copy's own revision.
        if self.copied_rows is not None:
            self._correct_revisions(self.copied_rows)
            self.copied_rows = None
        return super().get_latest_revision_as_object()

    def _correct_revisions(self, copied: CopiedRows) -> None:
        revisions = list(self.revisions.all())
        for revision in revisions:
            copied.correct(type(self), revision.content)
        self.revisions.model.objects.bulk_update(revisions, ["content"], batch_size=100)
        self.latest_revision = next((found for found in revisions if found.pk == self.latest_revision_id), None)


def _child_rows(row: models.Model) -> Iterator[models.Model]:
    """Yield the rows below a copied row, which may not be saved yet."""
    if isinstance(row, ClusterableModel):
        for relation in get_all_child_relations(row):
            yield from getattr(row, relation.get_accessor_name()).get_object_list()


def _rows_in_content(
    model: type[models.Model], content: dict[str, object]
) -> Iterator[tuple[models.ForeignObjectRel, dict[str, object]]]:
    """Yield the rows in a revision's content with their relations. An old revision may lack a newer relation."""
    for relation in get_all_child_relations(model):
        for row in cast("list[dict[str, object]]", content.get(relation.get_accessor_name(), [])):
            yield relation, row
