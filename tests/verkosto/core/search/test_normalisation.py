import pytest

from verkosto.core.search.normalisation import indexed_text, stem_of, without_accents, words_of


def test_case_and_accents_make_no_difference() -> None:
    assert [without_accents(word) for word in ("Åbo", "TYÖ", "Łódź", "Straße", "Sámi đ", "a\u0308iti")] == [
        *("abo", "tyo", "lodz", "strasse", "sami d", "aiti"),
    ]


def test_words_end_at_hyphens_and_numbers_keep_their_separators() -> None:
    text = "SOTE-uudistus 2026–2027, klo 9.30 (16.9.2026) ali\u00adhankinta a_b <i>"
    words = ["sote", "uudistus", "2026", "2027", "klo", "9.30", "16.9.2026", "alihankinta", "a", "b", "i"]
    assert words_of(text) == words


def test_an_indexed_text_holds_its_words_in_order_and_hyphenated_words_as_one() -> None:
    assert indexed_text("E-post och e-post", "sv") == "| e post och e post |epost|"


@pytest.mark.voikko
def test_an_indexed_finnish_text_holds_base_forms_and_parts() -> None:
    expected = "| kunnanhallituksissa ja tyossa |hallitus|kunnan|kunnanhallitus|kunta|tyo|"
    assert indexed_text("Kunnanhallituksissa ja työssä", "fi") == expected


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [
        *(("verkostoissa", "fi", "verkosto"), ("tyossa", "fi", "tyossa"), ("natverket", "sv", "natverk")),
        *(("meetings", "en", "meet"), ("its", "en", "its"), ("meetings", "de", "meetings")),
    ],
)
def test_stems(word: str, language: str, stem: str) -> None:
    assert stem_of(word, language) == stem
