from verkosto.core.search.queries import MAX_TERMS, Term, parse_query


def texts(query: str) -> list[tuple[str, bool]]:
    return [(term.text, term.exact) for term in parse_query(query, ["en"])]


def test_quoted_words_are_exact_and_others_are_not() -> None:
    assert texts('"as It was" said „now” here') == [
        *(("as it was", True), ("now", True), ("said", False), ("here", False)),
    ]


def test_words_that_say_nothing_count_only_alone() -> None:
    assert (texts("the and network"), texts("the and"), texts('"the"')) == (
        [("network", False)],
        [("the", False), ("and", False)],
        [("the", True)],
    )


def test_what_holds_no_word_is_no_query() -> None:
    assert [texts(query) for query in ("", "%", '"', '""', "() *", "–")] == [[]] * 6


def test_a_query_has_few_terms() -> None:
    assert len(texts(" ".join(f"word{number}" for number in range(100)))) == MAX_TERMS


def test_patterns_are_stricter_the_shorter_a_word_is() -> None:
    patterns = [Term(text).patterns for text in ("it", "tyo", "sote")]
    assert patterns == [[" it ", "|it|"], [" tyo", "|tyo"], ["sote"]]
    assert Term("sote", exact=True).patterns == [" sote "]
