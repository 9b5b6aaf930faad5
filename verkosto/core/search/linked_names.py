"""The names on a page of what it refers to: persons, organisations, venues, topics and documents."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django_tasks import task
from modelsearch.index import insert_or_update_object
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex

from verkosto.core.upstream import references_of


def is_named_on_pages(model: type[Model] | None) -> bool:
    """Return whether pages that refer to an object of a class show its name: documents, and classes that say so."""
    return model is not None and (issubclass(model, AbstractDocument) or getattr(model, "is_named_on_pages", False))


def linked_names(page: Page) -> list[str]:
    """Return the names of the objects that a page and its rows refer to. A query for each class, besides the rows."""
    names = []
    for content_type, keys in sorted(references_of(page).items()):
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and is_named_on_pages(model):
            names += sorted(map(str, model._default_manager.filter(pk__in=keys)))
    return names


def classes_named_on_pages() -> Iterator[type[Model]]:
    return filter(is_named_on_pages, apps.get_models())


def name_changed(instance: Model, created: bool, **kwargs: object) -> None:
    """Have the pages indexed anew that show the name of an object. A receiver of ``post_save``."""
    if not created:
        index_pages_naming.enqueue(instance._meta.label_lower, str(instance.pk))


@task()
def index_pages_naming(label: str, pk: str) -> None:
    """Index the pages that refer to an object, given by the label of its class and its key."""
    instance = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if instance is None:
        return
    references = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = set(references.values_list("object_id", flat=True))
    for page in Page.objects.filter(pk__in=keys).specific().iterator(chunk_size=100):
        insert_or_update_object(page)
