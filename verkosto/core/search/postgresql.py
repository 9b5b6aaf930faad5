"""Wagtail's search on PostgreSQL, with a stemming configuration for each language and trigrams for parts of words."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Model, Q, QuerySet
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from verkosto.core.search.indexing import PreparedObject
from verkosto.core.search.matching import Conditions, MatchingCompiler, matching
from verkosto.core.search.queries import Term

#: PostgreSQL's configurations by language. Other languages have the server's default.
CONFIGURATIONS = {"fi": "finnish", "sv": "swedish", "en": "english"}


def configuration_of(language: str) -> str | None:
    """Return the text search configuration of a language; None for the server's default."""
    return CONFIGURATIONS.get(language.partition("-")[0])


class PostgresConditions:
    def __init__(self, languages: Sequence[str]) -> None:
        self.configurations = list(dict.fromkeys(map(configuration_of, languages)))

    def annotate(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.alias(
            _text=F("index_entries__body_text"),
            _title=F("index_entries__title_text"),
            _text_stems=F("index_entries__body"),
            _title_stems=F("index_entries__title"),
        )

    def in_text(self, term: Term) -> Q:
        return self._found("_text", term)

    def in_title(self, term: Term) -> Q:
        return self._found("_title", term)

    def titles(self, queryset: QuerySet[Model]) -> QuerySet[Model, str]:
        return (
            queryset.filter(index_entries__isnull=False).order_by().values_list("index_entries__title_text", flat=True)
        )

    def _found(self, column: str, term: Term) -> Q:
        found = reduce(or_, (Q(**{f"{column}__contains": pattern}) for pattern in term.patterns))
        if term.exact:
            return found
        queries = (SearchQuery(word, config=name) for name in self.configurations for word in sorted(term.words))
        return Q(**{f"{column}_stems": reduce(or_, queries)}) | found


def conditions_for(languages: Sequence[str]) -> Conditions:
    """Return the conditions for queries in these languages."""
    return PostgresConditions(languages)


class Compiler(MatchingCompiler, PostgresSearchQueryCompiler):
    def conditions(self, languages: Sequence[str]) -> Conditions:
        return conditions_for(languages)


class AutocompleteCompiler(MatchingCompiler, PostgresAutocompleteQueryCompiler):
    def conditions(self, languages: Sequence[str]) -> Conditions:
        return conditions_for(languages)


class Index(PostgresIndex):
    """The index. Each object is stored by the backend of its language, whose configuration stems its words."""

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        by_language = defaultdict(list)
        for prepared in map(PreparedObject, objs):
            by_language[prepared.language].append(prepared)
        for language, group in by_language.items():
            PostgresIndex(self.backend.in_language(language)).add_items(model, group)


class SearchBackend(PostgresSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index

    def find(self, queryset: QuerySet[Model], terms: Sequence[Term], languages: Sequence[str]) -> QuerySet[Model]:
        """Return the objects that have all terms, with their rank. No query."""
        return matching(queryset, terms, conditions_for(languages))

    def in_language(self, language: str) -> SearchBackend:
        """Return this backend with the configuration of a language."""
        backend = copy.copy(self)
        backend.config = configuration_of(language)
        return backend
