"""Wagtail's search on OpenSearch: the same words, forms, stems and order as in the database (decision 25).

The words are folded and their forms found by `indexing.PreparedObject`, as for the database. The engine adds the stems, and
the parts of words. Queries that `matching.as_typed` does not know are left to modelsearch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Case, IntegerField, Model, QuerySet, When
from modelsearch.backends.opensearch3 import (
    OpenSearch3AutocompleteQueryCompiler,
    OpenSearch3Mapping,
    OpenSearch3SearchBackend,
    OpenSearch3SearchQueryCompiler,
)
from modelsearch.query import MATCH_ALL
from modelsearch.utils import deep_update
from wagtail.models import Locale, Page

from verkosto.core.search.indexing import PreparedObject
from verkosto.core.search.matching import LAST_RANK, RANK, as_typed
from verkosto.core.search.queries import PART_LENGTH, Term, parse_query

#: OpenSearch's stemmers by language. Objects in other languages have no stems.
STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
MAX_PART_LENGTH = 20  # letters: longer parts of words are found by comparing all words
MAX_KEYS = 10_000  # pages that one request returns: OpenSearch's `index.max_result_window`
TITLE, TEXT = "_verkosto_title", "_verkosto_text"
Json = dict[str, Any]
#: What OpenSearch's reference calls a query: https://docs.opensearch.org/latest/query-dsl/
Query = Json


def _analyzer(*filters: str) -> Json:
    return {"type": "custom", "tokenizer": "whitespace", "filter": list(filters)}


#: The settings of each index, besides modelsearch's own. The words are folded already, so that spaces divide them.
INDEX_SETTINGS = {
    "settings": {
        "analysis": {
            "filter": {
                "verkosto_parts": {"type": "ngram", "min_gram": PART_LENGTH, "max_gram": MAX_PART_LENGTH},
                **{f"verkosto_{code}": {"type": "stemmer", "language": name} for code, name in STEMMERS.items()},
            },
            "analyzer": {
                "verkosto_words": _analyzer(),
                "verkosto_parts": _analyzer("verkosto_parts"),
                **{f"verkosto_{code}": _analyzer(f"verkosto_{code}") for code in STEMMERS},
            },
        },
        "index": {"max_ngram_diff": MAX_PART_LENGTH - PART_LENGTH},
    }
}


def properties(field: str) -> dict[str, dict[str, str]]:
    """Return the properties in which the index keeps the words of one text, with their analyzers."""
    names = ("words", "forms", "parts", *STEMMERS)
    analyzers = {"forms": "verkosto_words"}
    return {f"{field}_{name}": {"type": "text", "analyzer": analyzers.get(name, f"verkosto_{name}")} for name in names}


def prepared_values(field: str, indexed: str, language: str) -> dict[str, str]:
    """Return the values of these properties for a text in the form of `normalisation.indexed_text`."""
    _, words, further = indexed.split("|", 2)
    forms = f"{words}{further.replace('|', ' ')}"
    values = {"words": words, "forms": forms, "parts": forms}
    if language in STEMMERS:
        values[language] = words
    return {f"{field}_{name}": value for name, value in values.items()}


def any_of(queries: Iterable[Query]) -> Query:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def all_of(queries: Iterable[Query]) -> Query:
    return {"bool": {"filter": list(queries)}}


def term_query(term: Term, field: str, languages: Iterable[str], *, forgiving: bool = False) -> Query:
    """Return the query that finds one term in a text. ``forgiving``: also where it differs by a letter or two."""
    if term.exact:
        return {"match_phrase": {f"{field}_words": term.text}}
    found = [_pattern_query(pattern, field) for pattern in term.patterns]
    words = " ".join(sorted(term.words))
    found += [{"match": {f"{field}_{code}": words}} for code in languages if code in STEMMERS]
    if forgiving:
        found.append({"fuzzy": {f"{field}_forms": {"value": term.text, "fuzziness": "AUTO"}}})
    return any_of(found)


def _pattern_query(pattern: str, field: str) -> Query:
    """Return the query for one of `Term.patterns`: a whole word, the start of a word or a part of one."""
    text = pattern.strip(" |")
    if text == pattern and len(text) <= MAX_PART_LENGTH:
        return {"term": {f"{field}_parts": text}}
    if text == pattern:
        return {"wildcard": {f"{field}_forms": {"value": f"*{text}*"}}}
    return {"term" if pattern[-1] in " |" else "prefix": {f"{field}_forms": text}}


def matching_query(
    terms: Sequence[Term], languages: Sequence[str], *, operator: str = "and", in_title: bool = False
) -> Query:
    """Return the query for the objects that have all terms, or with the operator "or" one of them.

    The score is `matching.LAST_RANK` less the rank: 2 where the title has every term, 1 where it has one, else 0.
    """
    if not terms:
        return {"bool": {"must_not": {"match_all": {}}}}
    field = TITLE if in_title else TEXT
    found = [term_query(term, field, languages, forgiving=in_title) for term in terms]
    titles = [term_query(term, TITLE, languages) for term in terms]
    return {
        "bool": {
            "filter": [(any_of if operator == "or" else all_of)(found)],
            "should": [{"constant_score": {"filter": ranked}} for ranked in (all_of(titles), any_of(titles))],
        }
    }


def _languages() -> list[str]:
    return [code.partition("-")[0] for code, _ in settings.LANGUAGES]


class Mapping(OpenSearch3Mapping):
    def get_mapping(self) -> Json:
        mapping: Json = super().get_mapping()
        mapping["properties"] |= properties(TITLE) | properties(TEXT)
        return mapping

    def get_document(self, obj: Model) -> Json:
        document: Json = super().get_document(obj)
        prepared = PreparedObject(obj)
        for field, text in ((TITLE, prepared.heading), (TEXT, prepared.text)):
            document |= prepared_values(field, text, prepared.language)
        return document


class MatchingQuery:
    """The first base of the compilers: queries of words and phrases, as `matching.MatchingCompiler` has for databases."""

    query: Any
    fields: Sequence[str] | None
    order_by_relevance: bool
    is_completion = False
    DEFAULT_OPERATOR = "and"

    def get_inner_query(self) -> Query:
        typed = as_typed(self.query)
        if self.fields is not None or typed is None:
            left: Query = super().get_inner_query()  # type: ignore[misc]  # the backend's
            return left
        languages = _languages()
        terms = parse_query(typed, languages, unfinished=self.is_completion)
        operator = getattr(self.query, "operator", "and").lower()
        return matching_query(terms, languages, operator=operator, in_title=self.is_completion)

    def get_sort(self) -> object:
        """Return the order: the best first, and the newest first of those that are as good."""
        return ["_score", {"pk": "desc"}] if self.order_by_relevance else super().get_sort()  # type: ignore[misc]  # likewise


class Compiler(MatchingQuery, OpenSearch3SearchQueryCompiler):
    mapping_class = Mapping


class AutocompleteCompiler(MatchingQuery, OpenSearch3AutocompleteQueryCompiler):
    mapping_class = Mapping
    is_completion = True


class SearchBackend(OpenSearch3SearchBackend):
    mapping_class = Mapping
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params: Json) -> None:
        super().__init__(params)
        self.settings: Json = deep_update(self.settings, INDEX_SETTINGS)

    def find(self, queryset: QuerySet[Model], terms: Sequence[Term], languages: Sequence[str]) -> QuerySet[Model]:
        """Return those of the pages that have all terms, with their rank. One request to the engine, if there are terms."""
        by_rank: dict[int, list[str]] = defaultdict(list)
        for hit in self._hits(terms, languages) if terms else []:
            by_rank[LAST_RANK - round(hit["_score"])].append(hit["fields"]["pk"][0])
        positions = [When(pk__in=keys, then=rank) for rank, keys in by_rank.items() if rank < LAST_RANK]
        rank = Case(*positions, default=LAST_RANK, output_field=IntegerField())
        return queryset.filter(pk__in=[key for keys in by_rank.values() for key in keys]).annotate(**{RANK: rank})

    def _hits(self, terms: Sequence[Term], languages: Sequence[str]) -> list[Json]:
        """Return what the index has of the published pages in these languages, the best first."""
        locales = list(Locale.objects.filter(language_code__in=languages).values_list("pk", flat=True))
        published = self.query_compiler_class(Page.objects.filter(live=True, locale__in=locales), MATCH_ALL)
        wanted = matching_query(terms, [code.partition("-")[0] for code in languages])
        query = {"bool": {"must": wanted, "filter": published.get_filters()}}
        index = self.get_index_for_model(Page).name
        answer = self.es.search(index=index, body={"query": query}, _source=False, stored_fields="pk", size=MAX_KEYS)
        hits: list[Json] = answer["hits"]["hits"]
        return hits
