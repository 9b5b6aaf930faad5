"""The facts of a page or snippet, and their copying from an original to a translation. Text is not copied.

Facts are the fields that wagtail-localize calls synchronised, references to translatable objects, and the existence,
order and facts of inline children. Each model lists them in `override_translatable_fields`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias
from uuid import UUID

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, get_translatable_fields

from verkosto.core.locales import language_code_of
from verkosto.core.translation_fields import ShownUntranslated
from verkosto.localisation.upstream import raw_stream, with_related_objects_in

# Looks up the translation of a string by its content path ("items.<key>.title"); None when there is none.
TextLookup = Callable[[str], str | None]


def no_text(path: str) -> str | None:
    """Return None: a lookup without translations."""
    return None


def is_child_relation(field: models.Field) -> bool:
    """Return whether a field is the relation to a page's inline children."""
    return isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey)


def is_fact(translatable: BaseTranslatableField, source: models.Model) -> bool:
    """Return whether a field is a fact: its value, the object it refers to or its rows follow the original."""
    field = translatable.get_field(type(source))
    if is_child_relation(field):
        return True
    if isinstance(translatable, SynchronizedField):
        return translatable.is_synchronized(source)
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, TranslatableMixin)


def may_differ(model: type[models.Model], field_name: str) -> bool:
    """Return whether a field may differ in one language, by a local override.

    Text may. Any other field may only if the model lists it as a synchronised field that is overridable: foreign keys
    and inline children are facts, even though wagtail-localize regards some of them as translatable.
    """
    translatable = next((found for found in get_translatable_fields(model) if found.field_name == field_name), None)
    if translatable is None:
        return False
    if isinstance(translatable, SynchronizedField):
        return translatable.overridable and field_name in _listed_names(model)
    field = translatable.get_field(model)
    is_text = not is_child_relation(field) and not isinstance(field, models.ForeignKey)
    return is_text and getattr(translatable, "overridable", True)


def _listed_names(model: type[models.Model]) -> set[str]:
    listed = [*getattr(model, "override_translatable_fields", ()), *getattr(model, "translatable_fields", ())]
    return {field.field_name for field in listed}


def fact_fields(source: models.Model) -> Iterator[BaseTranslatableField]:
    """Yield the fields of an object that are facts."""
    return (field for field in get_translatable_fields(type(source)) if is_fact(field, source))


def _texts_of(child: models.Model) -> list[models.Field]:
    """Return the text fields of an inline child that are not empty."""
    translatables = get_translatable_fields(type(child))
    fields = [found.get_field(type(child)) for found in translatables if not is_fact(found, child)]
    is_text = models.CharField | models.TextField | StreamField
    return [field for field in fields if isinstance(field, is_text) and getattr(child, field.name)]


#: A primary key, of whichever type the model has.
Pk: TypeAlias = int | str | UUID


class FactCopier:
    """A copier of facts to objects of one locale. It looks up each translated snippet once."""

    def __init__(self, locale_id: int, find_text: TextLookup = no_text) -> None:
        self.locale_id = locale_id
        self.find_text = find_text
        self._counterparts: dict[tuple[type[models.Model], Pk], Pk] = {}

    def copy(self, source: models.Model, target: models.Model, skip: frozenset[str] = frozenset()) -> list[str]:
        """Copy facts, except those in `skip`, without saving. Return the names of the fields of `target` that changed."""
        return self._copy(source, target, skip, "")

    def _copy(self, source: models.Model, target: models.Model, skip: frozenset[str], path: str) -> list[str]:
        changed = []
        for translatable in fact_fields(source):
            name = translatable.field_name
            if name in skip:
                continue
            field = translatable.get_field(type(source))
            if is_child_relation(field):
                done = self._copy_children(source, target, field, f"{path}{name}.")
            elif isinstance(field, models.ManyToManyField):
                done = self._copy_many(source, target, field)
            elif isinstance(field, StreamField):
                done = self._copy_stream(source, target, field)
            else:
                done = self._copy_value(source, target, field)
            if done:
                changed.append(name)
        return changed

    def counterpart_pk(self, model: type[models.Model], pk: Pk | None) -> Pk | None:
        """Return the pk of the translation of object `pk` in this locale; `pk` itself if there is none, and of pages."""
        if pk is None or not issubclass(model, TranslatableMixin) or issubclass(model, Page):
            return pk
        if (model, pk) not in self._counterparts:
            keys = model._default_manager.filter(pk=pk).values("translation_key")
            found = model._default_manager.filter(translation_key__in=keys, locale_id=self.locale_id)
            self._counterparts[model, pk] = found.values_list("pk", flat=True).first() or pk
        return self._counterparts[model, pk]

    def _copy_value(self, source: models.Model, target: models.Model, field: models.Field) -> bool:
        value = getattr(source, field.attname)
        if isinstance(field, models.ForeignKey):
            value = self.counterpart_pk(field.related_model, value)
        if getattr(target, field.attname) == value:
            return False
        setattr(target, field.attname, value)
        return True

    def _copy_many(self, source: models.Model, target: models.Model, field: models.ManyToManyField) -> bool:
        wanted = [self.counterpart_pk(field.related_model, item.pk) for item in getattr(source, field.name).all()]
        manager = getattr(target, field.name)
        if set(wanted) == {item.pk for item in manager.all()}:
            return False
        manager.set(field.related_model._default_manager.filter(pk__in=wanted))
        return True

    def _copy_stream(self, source: models.Model, target: models.Model, field: StreamField) -> bool:
        raw = list(getattr(source, field.name).raw_data)
        value = with_related_objects_in(field, raw, self._locale(), self._has_counterpart)
        if raw_stream(field, value) == raw_stream(field, getattr(target, field.name)):
            return False
        setattr(target, field.name, value)
        return True

    def _locale(self) -> Locale:
        return Locale.objects.get(pk=self.locale_id)

    def _has_counterpart(self, model: type[models.Model], key: UUID) -> bool:
        return model._default_manager.filter(translation_key=key, locale_id=self.locale_id).exists()

    def _copy_children(
        self, source: models.Model, target: models.Model, rel: models.ForeignObjectRel, path: str
    ) -> bool:
        source_children = list(getattr(source, rel.name).all())
        manager = getattr(target, rel.name)
        target_children = list(manager.get_object_list())
        if issubclass(rel.related_model, TranslatableMixin):
            wanted, changed = self._translatable_children(source_children, target_children, path)
        else:
            wanted, changed = self._plain_children(source_children, target_children, rel)
        # Unsaved children have no primary keys to compare, so their identity is compared.
        if changed or [id(child) for child in wanted] != [id(child) for child in target_children]:
            manager.set(wanted)
            return True
        return False

    def _translatable_children(self, source_children: list, target_children: list, path: str) -> tuple[list, bool]:
        """Return the children that the target is to have, and whether one of them is new or changed."""
        by_key = {child.translation_key: child for child in target_children}
        wanted, changed = [], False
        for child in source_children:
            counterpart = by_key.get(child.translation_key)
            if counterpart is None:
                counterpart = self._new_child(child, f"{path}{child.translation_key}.")
                if counterpart is None:
                    continue
                changed = True
            if self._show_untranslated(child, counterpart, f"{path}{child.translation_key}."):
                changed = True
            if self._copy(child, counterpart, frozenset(), f"{path}{child.translation_key}."):
                changed = True
            if getattr(child, "sort_order", None) != getattr(counterpart, "sort_order", None):
                counterpart.sort_order = child.sort_order
                changed = True
            wanted.append(counterpart)
        return wanted, changed

    def _new_child(self, child: TranslatableMixin, path: str) -> TranslatableMixin | None:
        """Return a new child with the translations that exist.

        Text without a translation is in the original's language if the model can mark it as such
        (`ShownUntranslated`). Otherwise return None if a required text has no translation.
        """
        new = type(child)(translation_key=child.translation_key, locale_id=self.locale_id)
        for field in _texts_of(child):
            known = None if isinstance(field, RichTextField | StreamField) else self.find_text(f"{path}{field.name}")
            if known is None and isinstance(child, ShownUntranslated):
                new.text_language = language_code_of(child)
            elif known is None and not field.blank:
                return None
            setattr(new, field.name, known or "")
        return new

    def _show_untranslated(self, child: TranslatableMixin, counterpart: TranslatableMixin, path: str) -> bool:
        """Copy the text of a child that has no translations, and mark its language. Return whether the child changed."""
        if not isinstance(child, ShownUntranslated):
            return False
        texts = _texts_of(child)
        is_untranslated = counterpart.text_language or any(
            getattr(counterpart, field.attname) == getattr(child, field.attname)
            and self.find_text(f"{path}{field.name}") is None
            for field in texts
        )
        wanted = {field.attname: getattr(child, field.attname) for field in texts} if is_untranslated else {}
        wanted["text_language"] = language_code_of(child) if is_untranslated else ""
        changed = [name for name, value in wanted.items() if getattr(counterpart, name) != value]
        for name in changed:
            setattr(counterpart, name, wanted[name])
        return bool(changed)

    def _plain_children(
        self, source_children: list, target_children: list, rel: models.ForeignObjectRel
    ) -> tuple[list, bool]:
        """Return the children that the target is to have, matched by position, and whether one is new or changed."""
        wanted, changed = [], len(source_children) != len(target_children)
        for position, child in enumerate(source_children):
            is_existing = position < len(target_children)
            counterpart = target_children[position] if is_existing else rel.related_model()
            for field in rel.related_model._meta.concrete_fields:
                if field.primary_key or field == rel.remote_field:
                    continue
                changed |= self._copy_value(child, counterpart, field)
            if isinstance(child, ClusterableModel):
                for nested in get_all_child_relations(type(child)):
                    changed |= self._copy_children(child, counterpart, nested, "")
            wanted.append(counterpart)
        return wanted, changed
