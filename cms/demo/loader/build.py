"""Builds the original of a node: the instance, its rows, its place in the tree."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.models import Page

from cms.demo.declare import Node
from cms.demo.loader.library import Library, stable_key
from cms.demo.loader.values import Values


def build_original(library: Library, node: Node) -> tuple[models.Model, Values]:
    """Make and publish the node in its original language; return it with the strings that it holds."""
    values = Values(library, node.key, node.original, str(node.fields.get("timezone", "")))
    model = library.model(node.key)
    instance = model(locale=library.locales[node.original], translation_key=stable_key(node.key))
    assign(instance, node.fields, values)
    for relation, rows in node.rows.items():
        setattr(instance, relation, _rows(instance, relation, rows, values, f"{node.key}/{relation}"))
    if isinstance(instance, Page):
        _plant(library, node, instance)
    else:
        instance.full_clean()
        instance.save()
    return instance, values


def assign(instance: models.Model, fields: Mapping[str, Any], values: Values) -> None:
    """Set declared fields on an instance; a name that the model does not have is an error of the declaration."""
    for name, value in fields.items():
        try:
            field: Any = instance._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise ValueError(f"{values.key}: {type(instance).__name__} has no field {name}") from error
        setattr(instance, name, values.for_field(field, value))


def publish(page: Page) -> None:
    """Publish a page as an editor does: by a revision, so that everything that listens hears it."""
    page.save_revision(clean=True).publish()


def _plant(library: Library, node: Node, page: Page) -> None:
    page.live = False
    if node.parent:
        library.page(node.parent, node.original).add_child(instance=page)
    else:
        Page.get_first_root_node().add_child(instance=page)
    publish(page)


def _rows(
    owner: Any, relation: str, rows: tuple[Mapping[str, Any], ...], values: Values, path: str
) -> list[models.Model]:
    """Inline rows of a cluster, each with a key that follows from its place; rows may hold rows."""
    model = owner._meta.get_field(relation).related_model
    built = []
    for index, declared in enumerate(rows):
        row: Any = model(sort_order=index)
        here = f"{path}/{index}"
        if hasattr(row, "translation_key"):
            row.translation_key = stable_key(here)
            row.locale = values.library.locales[values.language]
        nested = {name: value for name, value in declared.items() if _is_relation(model, name)}
        assign(row, {name: value for name, value in declared.items() if name not in nested}, values)
        for name, children in nested.items():
            setattr(row, name, _rows(row, name, children, values, f"{here}/{name}"))
        built.append(row)
    return built


def _is_relation(model: type[models.Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).one_to_many is True
    except FieldDoesNotExist:
        return False
