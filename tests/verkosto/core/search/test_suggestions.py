from verkosto.core.search.queries import parse_query
from verkosto.core.search.suggestions import suggest, trigrams, vocabulary


def test_trigrams_are_those_of_pg_trgm() -> None:
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}


def test_unknown_words_are_replaced_and_known_ones_kept() -> None:
    words = vocabulary(["Verkosto kokoontuu", "Työ 2026"])

    suggested = {
        query: suggest(parse_query(query, ["sv"]), words) for query in ("verksoto", "kokontuu verkosto", "verkosto")
    }

    assert suggested == {"verksoto": "verkosto", "kokontuu verkosto": "kokoontuu verkosto", "verkosto": ""}
