"""What the checks of a translation find, and what they leave alone because languages write it differently."""

import pytest

from verkosto.localisation.workflow.quality_checks import check_consistency, check_length, find

SAME_IN_BOTH = [
    ("Tilaisuus on 12.5.2026 klo 14.00–15.30.", "Evenemanget är den 12 maj 2026 kl. 14–15.30."),
    ("Klo 14.30 alkaen", "From 2.30 pm"),
    ("Hinta on 1 000 euroa tai 12,50 e.", "The price is €1,000 or 12.50."),
    ("Lue lisää: https://example.fi/fi/ohje.", "Läs mer: https://example.fi/sv/ohje."),
    ("Kirjoita: info@example.fi", "Skriv: info@example.fi"),
    ("Hei {name}!", "Hej {name}!"),
    ('Katso <b>ohje</b> <a id="a1">täältä</a>.', 'Se <a id="a1">här</a> <b>för</b> <b>råd</b>.'),
    ("Kysy (tai soita).", "Fråga (eller ring.)"),
    ("Maija Meikäläinen", "Maija Meikäläinen"),
    ("Teams", "Teams"),
    ("info@example.fi", "info@example.fi"),
]


@pytest.mark.parametrize(("source", "translation"), SAME_IN_BOTH)
def test_what_says_the_same_has_no_warning(source, translation):
    assert find(source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "kind", "detail"),
    [
        ("Paikkoja on 25", "Det finns 52 platser", "numbers", "−25 +52"),
        ("Alkaa klo 9.30", "Börjar kl. 9", "numbers", "−9.30 +9"),
        ("Torstaina 12.5.", "Torsdagen den 13 maj.", "dates", "−12.5. +13.5."),
        (
            "Katso https://example.fi/a",
            "Se https://example.fi/b",
            "urls",
            "−https://example.fi/a +https://example.fi/b",
        ),
        ("Kirjoita: info@example.fi", "Skriv: inf@example.fi", "emails", "−info@example.fi +inf@example.fi"),
        ("Hei {name}", "Hej {namn}", "placeholders", "−{name} +{namn}"),
        ("Katso <b>ohje</b>", "Se rådet", "markup", ""),
        ('<a id="a1">Ohje</a> ja <a id="a2">kartta</a>', '<a id="a1">Råd</a> och karta', "markup", ""),
        ("Tervetuloa!", "Välkommen", "punctuation", "!"),
        ("Tervetuloa", "Välkommen.", "punctuation", ""),
        ("Tule mukaan", "Kom  med", "spaces", ""),
        ("Avoimet ovet", "Avoimet ovet", "same", ""),
    ],
)
def test_each_check_finds_its_mistake(source, translation, kind, detail):
    assert [(finding.kind, finding.detail) for finding in find(source, translation)] == [(kind, detail)]


def test_what_is_not_translated_yet_has_no_warning():
    assert find("Paikkoja on 25.", "") == []


def test_length_counts_what_readers_see():
    assert check_length("<b>Välkommen</b> &amp; hej", 15) == []
    (finding,) = check_length("<b>Välkommen</b> &amp; hej", 14)
    assert (finding.kind, finding.detail) == ("length", "15 > 14")
    assert check_length("x" * 1000, None) == []


def test_one_source_translated_in_two_ways():
    assert check_consistency("Hej", ["Hej", "Hej"]) == []
    (finding,) = check_consistency("Hej", ["Hej", "Välkommen", "Tjena"])
    assert (finding.kind, finding.detail) == ("inconsistent", "Tjena / Välkommen")
