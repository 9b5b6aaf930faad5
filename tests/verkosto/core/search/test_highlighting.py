from verkosto.core.search.highlighting import EXCERPT_LENGTH, excerpt, highlight
from verkosto.core.search.queries import parse_query


def marked(text: str, query: str) -> str:
    return str(highlight(text, parse_query(query, ["en"]), "en"))


def test_words_found_are_marked_and_everything_is_escaped() -> None:
    assert marked("<i>Networks & co</i>", "network") == "&lt;i&gt;<mark>Networks</mark> &amp; co&lt;/i&gt;"
    assert marked("Åbo, TYÖ", "abo tyo") == "<mark>Åbo</mark>, <mark>TYÖ</mark>"


def test_phrases_are_marked_as_one_and_only_as_written() -> None:
    assert marked("A small group, small groups", '"small group"') == "A <mark>small group</mark>, small groups"


def test_an_excerpt_begins_before_the_first_word_found_and_ends_at_a_word() -> None:
    text = f"{'before ' * 50}network {'after ' * 100}"

    shown = excerpt(["nothing here", text], parse_query("network", ["en"]), "en")

    assert shown.startswith("… before ")
    assert " <mark>network</mark> after " in shown
    assert shown.endswith(" after …")
    assert len(shown) < EXCERPT_LENGTH + 30


def test_there_is_no_excerpt_where_nothing_is_found() -> None:
    assert excerpt(["nothing", ""], parse_query("network", ["en"]), "en") == ""
