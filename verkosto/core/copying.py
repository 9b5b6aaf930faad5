"""The keys and pks of what a copied page has below its own rows, in its revisions too.

Wagtail gives the rows of a copied page new keys and the page's language. What hangs on those rows (the speakers of an
agenda item) it leaves with the keys and the language of the original, and in the copied revisions with its pks too:
publishing one would take the rows from the original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import TranslatableMixin


class CopiedRows:
    """The rows of rows of one copy of a page."""

    def __init__(self, *, fresh_keys: bool) -> None:
        self.fresh_keys = fresh_keys
        self._keys: defaultdict[str, UUID] = defaultdict(uuid4)
        self._rows: dict[tuple[type, str], Any] = {}

    def new_key(self, old: UUID | str) -> UUID | str:
        """The key in the copy for a key in the original: the same in the page and in all of its revisions."""
        return self._keys[str(old)] if self.fresh_keys else old

    def adopt(self, row: Any, locale_id: int) -> None:
        """Give a copied row and all below it the language of the page, and all below it keys of the copy."""
        if isinstance(row, TranslatableMixin):
            row.locale_id = locale_id
        for child in _rows_of(row):
            if isinstance(child, TranslatableMixin):
                old = child.translation_key
                child.translation_key = self.new_key(old)
                self._rows[type(child), str(old)] = child
            self.adopt(child, locale_id)

    def correct(self, model: type[Any], content: dict[str, Any]) -> None:
        """Have the content of a copied revision, of which Wagtail has corrected the rows, name the copy's rows of rows."""
        for relation, row in _rows_in(model, content):
            self._correct_below(relation.related_model, row)

    def _correct_below(self, model: type[Any], content: dict[str, Any]) -> None:
        for relation, row in _rows_in(model, content):
            copied = None
            if "translation_key" in row:
                copied = self._rows.get((relation.related_model, str(row["translation_key"])))
                row["translation_key"] = str(self.new_key(row["translation_key"]))
            # A row that only the revision has, or that has no key, is made anew when the revision is published.
            row["pk"] = copied.pk if copied and content["pk"] else None
            row[relation.field.name] = content["pk"]
            self._correct_below(relation.related_model, row)


class CopiesRows(ClusterableModel):
    """A page type that copies its rows with all that hangs on them, at any depth.

    Whoever copies a page asks it for its rows: Wagtail for a copy, an alias and a translation, and wagtail-localize.
    """

    copied_rows: CopiedRows | None = None

    class Meta:
        abstract = True

    def copy_child_relation(
        self, child_relation: Any, target: Any, commit: bool = False, append: bool = False
    ) -> dict[Any, Any]:
        relation = self._meta.get_field(child_relation) if isinstance(child_relation, str) else child_relation
        copies = super().copy_child_relation(relation, target, append=append)
        copied_rows = target.copied_rows or CopiedRows(fresh_keys=target.translation_key != self.translation_key)
        if target.pk is None:
            target.copied_rows = copied_rows
        for copied in copies.values():
            # What was never saved has no pk to stand under and comes as a list.
            for row in copied if isinstance(copied, list) else [copied]:
                copied_rows.adopt(row, target.locale_id)
        if commit:
            getattr(target, relation.get_accessor_name()).commit()
        return copies

    def get_latest_revision_as_object(self) -> Any:
        # Wagtail asks a copy for this when it has copied the revisions, and makes the copy's own revision of it.
        if self.copied_rows is not None:
            self._correct_revisions(self.copied_rows)
            self.copied_rows = None
        return super().get_latest_revision_as_object()

    def _correct_revisions(self, copied: CopiedRows) -> None:
        revisions = list(self.revisions.all())
        for revision in revisions:
            copied.correct(type(self), revision.content)
        self.revisions.model.objects.bulk_update(revisions, ["content"], batch_size=100)
        self.latest_revision = next((one for one in revisions if one.pk == self.latest_revision_id), None)


def _rows_of(row: Any) -> Iterator[Any]:
    """The rows of a copied row, which are not saved yet."""
    if isinstance(row, ClusterableModel):
        for relation in get_all_child_relations(row):
            yield from getattr(row, relation.get_accessor_name()).get_object_list()


def _rows_in(model: type[Any], content: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows in a revision's content, each with its relation; a relation younger than the revision has none."""
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), ()):
            yield relation, row


def name_keys_alike() -> None:
    """Have Wagtail give a row of a copied page the same new key in the copied revisions.

    It looks up keys as UUIDs for the rows, and as text for the revisions, which gave a second new key for each.
    """
    upstream = CopyPageAction.generate_translation_key

    def generate_translation_key(self: CopyPageAction, old_uuid: UUID | str) -> UUID:
        key: UUID = upstream(self, UUID(str(old_uuid)))
        return key

    CopyPageAction.generate_translation_key = generate_translation_key
