"""Create the original of a node: the instance, its inline rows and its position in the page tree."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.models import Page

from cms.demo.declarations import Node
from cms.demo.loader.field_values import FieldValues
from cms.demo.loader.nodes import Nodes, stable_key


def build_original(nodes: Nodes, node: Node) -> tuple[models.Model, FieldValues]:
    """Create and publish the node in its original language. Return it with its field values and their strings."""
    values = FieldValues(nodes, node.key, node.original, str(node.fields.get("timezone", "")))
    model = nodes.model(node.key)
    instance = model(locale=nodes.locales[node.original], translation_key=stable_key(node.key))
    assign(instance, node.fields, values)
    for relation, rows in node.rows.items():
        setattr(instance, relation, _rows(instance, relation, rows, values, f"{node.key}/{relation}"))
    if isinstance(instance, Page):
        _add_to_tree(nodes, node, instance)
    else:
        instance.full_clean()
        instance.save()
    return instance, values


def assign(instance: models.Model, fields: Mapping[str, object], values: FieldValues) -> None:
    """Set declared fields on an instance. Raises ValueError for a field that the model does not have."""
    for name, value in fields.items():
        try:
            field: Any = instance._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise ValueError(f"{values.key}: {type(instance).__name__} has no field {name}") from error
        setattr(instance, name, values.for_field(field, value))


def publish(page: Page) -> None:
    """Publish a page through a revision, as the admin does, so that the same signals are sent."""
    page.save_revision(clean=True).publish()


def _add_to_tree(nodes: Nodes, node: Node, page: Page) -> None:
    page.live = False
    if node.parent:
        nodes.page(node.parent, node.original).add_child(instance=page)
    else:
        Page.get_first_root_node().add_child(instance=page)
    publish(page)


def _rows(
    owner: models.Model, relation: str, rows: tuple[Mapping[str, object], ...], values: FieldValues, path: str
) -> list[models.Model]:
    """Return the inline rows of an instance, at any level, each with a translation key derived from its path."""
    model: Any = owner._meta.get_field(relation).related_model
    built = []
    for index, declared in enumerate(rows):
        row: Any = model(sort_order=index)
        row_path = f"{path}/{index}"
        if hasattr(row, "translation_key"):
            row.translation_key = stable_key(row_path)
            row.locale = values.nodes.locales[values.language]
        nested = {name: value for name, value in declared.items() if _is_relation(model, name)}
        assign(row, {name: value for name, value in declared.items() if name not in nested}, values)
        for name, children in nested.items():
            setattr(
                row,
                name,
                _rows(row, name, cast("tuple[Mapping[str, object], ...]", children), values, f"{row_path}/{name}"),
            )
        built.append(row)
    return built


def _is_relation(model: type[models.Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).one_to_many is True
    except FieldDoesNotExist:
        return False
