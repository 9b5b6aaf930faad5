"""Compare a page with its copy."""

from typing import Any

from modelcluster.models import get_all_child_relations
from wagtail.models import Page

OWN = {"pk", "id", "translation_key"}
# Fields in which a copy differs: its position, title and history.
COPY_FIELDS = {
    "path", "depth", "numchild", "url_path", "slug", "title", "draft_title", "owner", "live", "has_unpublished_changes",
    "first_published_at", "last_published_at", "latest_revision_created_at", "live_revision", "latest_revision",
    "alias_of", "locale",
}  # fmt: skip


def stored(page: Page) -> dict[str, Any]:
    """Return the stored page with its rows at every level."""
    return type(page)._default_manager.get(pk=page.pk).serializable_data()


def values(page: Page, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the values of a page and its rows at every level, without identifying fields."""
    return _values(type(page), stored(page) if data is None else data, {*COPY_FIELDS, _pointer(type(page))})


def keys(page: Page, data: dict[str, Any] | None = None) -> list[str]:
    """Return the translation keys of all rows of the page, at every level."""
    return list(_of_rows(type(page), stored(page) if data is None else data, "translation_key"))


def pks(page: Page, data: dict[str, Any] | None = None) -> list[tuple[str, Any]]:
    """Return the pks of all rows of the page, at every level, each with its model."""
    return list(_of_rows(type(page), stored(page) if data is None else data, "pk"))


def _pointer(model: type) -> str:
    return next((field.name for field in model._meta.parents.values() if field), "")


def _values(model: type, data: dict[str, Any], apart: set[str]) -> dict[str, Any]:
    relations = {relation.get_accessor_name(): relation for relation in get_all_child_relations(model)}
    found = {name: value for name, value in data.items() if name not in {*OWN, *apart, *relations}}
    for name, relation in relations.items():
        found[name] = [_values(relation.related_model, row, {relation.field.name}) for row in data[name]]
    return found


def _of_rows(model: type, data: dict[str, Any], name: str) -> Any:
    for relation in get_all_child_relations(model):
        for row in data[relation.get_accessor_name()]:
            if name in row:
                yield f"{relation.related_model._meta.label}:{row[name]}"
            yield from _of_rows(relation.related_model, row, name)
