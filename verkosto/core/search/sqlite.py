"""Wagtail's search on SQLite: every row of the index is compared, so that parts of words are found without extensions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import F, Model, Q, QuerySet
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)

from verkosto.core.search.indexing import PreparedObject
from verkosto.core.search.matching import Conditions, MatchingCompiler, matching
from verkosto.core.search.queries import Term


class SQLiteConditions:
    def annotate(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.alias(_text=F("index_entries__body"), _title=F("index_entries__title"))

    def in_text(self, term: Term) -> Q:
        return reduce(or_, (Q(_text__contains=pattern) for pattern in term.patterns))

    def in_title(self, term: Term) -> Q:
        return reduce(or_, (Q(_title__contains=pattern) for pattern in term.patterns))

    def titles(self, queryset: QuerySet[Model]) -> QuerySet[Model, str]:
        return queryset.filter(index_entries__isnull=False).order_by().values_list("index_entries__title", flat=True)


def conditions_for(languages: Sequence[str]) -> Conditions:
    """Return the conditions for queries in these languages."""
    return SQLiteConditions()


class Compiler(MatchingCompiler, SQLiteSearchQueryCompiler):
    def conditions(self, languages: Sequence[str]) -> Conditions:
        return conditions_for(languages)


class AutocompleteCompiler(MatchingCompiler, SQLiteAutocompleteQueryCompiler):
    def conditions(self, languages: Sequence[str]) -> Conditions:
        return conditions_for(languages)


class Index(SQLiteIndex):
    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        super().add_items(model, [PreparedObject(obj) for obj in objs])


class SearchBackend(SQLiteSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index

    def find(self, queryset: QuerySet[Model], terms: Sequence[Term], languages: Sequence[str]) -> QuerySet[Model]:
        """Return the objects that have all terms, with their rank. No query."""
        return matching(queryset, terms, conditions_for(languages))
