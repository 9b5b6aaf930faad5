"""Querysets narrowed to what a query finds, the same on every database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Case, F, IntegerField, Model, Q, QuerySet, Value, When
from modelsearch.query import And, Phrase, PlainText

from verkosto.core.search.queries import Term, parse_query
from verkosto.core.search.suggestions import suggest, vocabulary

#: The annotation by which results are sorted: 0 where the title has every term, 1 where it has one, else 2.
RANK = "search_rank"
LAST_RANK = 2


class Conditions(Protocol):
    """How a database finds a term in the index. The methods return conditions for annotated querysets."""

    def annotate(self, queryset: QuerySet[Model]) -> QuerySet[Model]: ...

    def in_text(self, term: Term) -> Q: ...

    def in_title(self, term: Term) -> Q: ...

    def titles(self, queryset: QuerySet[Model]) -> QuerySet[Model, str]:
        """Return the indexed titles and names of the objects."""


def matching(
    queryset: QuerySet[Model],
    terms: Sequence[Term],
    conditions: Conditions,
    *,
    joined_by: Callable[[Q, Q], Q] = and_,
    in_title: bool = False,
) -> QuerySet[Model]:
    """Return the objects that have all terms (or, with ``or_``, one of them), annotated with their rank. No query.

    ``in_title``: in their title or name alone.
    """
    if not terms:
        return queryset.none().annotate(**{RANK: Value(LAST_RANK)})
    has = conditions.in_title if in_title else conditions.in_text
    found = conditions.annotate(queryset).filter(reduce(joined_by, map(has, terms)))
    titles = [conditions.in_title(term) for term in terms]
    every, some = reduce(and_, titles), reduce(or_, titles)
    cases = [When(every, then=0), *([When(some, then=1)] if len(terms) > 1 else [])]  # of one term they are the same
    rank = Case(*cases, default=LAST_RANK, output_field=IntegerField())
    return found.annotate(**{RANK: rank})


def as_typed(query: object) -> str | None:
    """Return a query of words and of words in quotation marks as somebody types it; None for any other."""
    if isinstance(query, PlainText):
        return str(query.query_string)
    if isinstance(query, Phrase):
        return f'"{query.query_string}"'
    if isinstance(query, And):
        parts = [as_typed(part) for part in query.subqueries]
        return None if None in parts else " ".join(filter(None, parts))
    return None


class MatchingCompiler:
    """The query compiler of a backend whose index holds `indexing.PreparedObject`: the first base of its class.

    Completions, which choosers ask for, compare titles and names alone, and their last word may be unfinished: staff see
    the titles of pages to which they have no right, but must not learn what is in them. If a completion finds nothing,
    misspelt words count as the similar ones of the titles. Queries that nobody can type, or that name fields, are left to
    modelsearch.
    """

    queryset: QuerySet[Model]
    query: Any
    fields: Sequence[str] | None
    order_by_relevance: bool
    LAST_TERM_IS_PREFIX: bool

    def conditions(self, languages: Sequence[str]) -> Conditions:
        raise NotImplementedError

    def search(self, config: object, start: int, stop: int | None, **options: Any) -> QuerySet[Model]:
        """Return the objects that match, those with the terms in their title first."""
        typed = as_typed(self.query)
        if self.fields is not None or typed is None:
            left: QuerySet[Model] = super().search(config, start, stop, **options)  # type: ignore[misc]  # the backend's
            return left
        languages = [code for code, _ in settings.LANGUAGES]
        joined_by = or_ if getattr(self.query, "operator", "and").lower() == "or" else and_
        found = self._found(typed, languages, joined_by)
        if self.order_by_relevance:
            found = found.order_by(RANK, "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        if name := options.get("score_field"):
            found = found.annotate(**{name: LAST_RANK - F(RANK)})
        return found[start:stop]

    def _found(self, typed: str, languages: Sequence[str], joined_by: Callable[[Q, Q], Q]) -> QuerySet[Model]:
        conditions = self.conditions(languages)
        terms = parse_query(typed, languages, unfinished=self.LAST_TERM_IS_PREFIX)
        if not self.LAST_TERM_IS_PREFIX:
            return matching(self.queryset, terms, conditions, joined_by=joined_by)
        found = matching(self.queryset, terms, conditions, joined_by=joined_by, in_title=True)
        if not terms or found.exists():
            return found
        titles = conditions.titles(self.queryset.prefetch_related(None))  # lists of the admin prefetch
        corrected = suggest(terms, vocabulary(titles.iterator()))
        terms = parse_query(corrected, languages, unfinished=True)
        return matching(self.queryset, terms, conditions, joined_by=joined_by, in_title=True)
