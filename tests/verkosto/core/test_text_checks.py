import pytest

from verkosto.core.text_checks import heading_levels, long_sentences, skips_a_level, vague_links


def test_headings_that_skip_a_level() -> None:
    assert heading_levels("<h2>A</h2><p>x</p><h4>B</h4><hr>") == [2, 4]
    cases = {(2, 3, 4, 2, 3): False, (2, 4): True, (3,): True, (): False, (2, 2, 3, 2): False}
    assert {levels: skips_a_level(list(levels)) for levels in cases} == cases
    assert not skips_a_level([3], first=3)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p><a href="/a">Lue lisää</a> ja <a href="/b">Ilmoittaudu seminaariin</a></p>', ["Lue lisää"]),
        ('<a href="/a"><b>Klicka</b>\n här!</a>', ["Klicka här!"]),
        ('<a href="/a">https://example.fi/pitka/osoite</a> <a href="/c">www.example.fi</a>',
         ["https://example.fi/pitka/osoite", "www.example.fi"]),
        ("<p>Ei linkkejä: lue lisää.</p>", []),
        ('<a href="/a">auki jäänyt', []),
    ],
)  # fmt: skip
def test_links_that_say_nothing_by_themselves(html: str, found: list[str]) -> None:
    assert vague_links(html) == found


def test_long_sentences_end_at_their_end_or_at_that_of_a_paragraph() -> None:
    long, short = " ".join(["sana"] * 31), " ".join(["sana"] * 30)
    html = f"<p>{short}. {long}. {short}</p><ul><li>{short}</li><li>{short}</li></ul>"
    assert list(long_sentences(html)) == [long]
    assert list(long_sentences("")) == []
