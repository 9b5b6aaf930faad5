import pytest

from verkosto.core.numbering import count_onward, roman, roman_value


@pytest.mark.parametrize(
    ("title", "following"),
    [
        ("XII Verkostopäivä", "XIII Verkostopäivä"),
        ("Verkostopäivä IX", "Verkostopäivä X"),
        ("12. verkostopäivä", "13. verkostopäivä"),
        ("9 verkostopäivä", "10 verkostopäivä"),
        ("Verkostopäivä 9", "Verkostopäivä 10"),
        ("The 21st network day", "The 22nd network day"),
        ("The 11th network day", "The 12th network day"),
        ("Vuosiseminaari 2126", "Vuosiseminaari 2127"),
        ("XII Vuosiseminaari 2126", "XIII Vuosiseminaari 2127"),
        ("I can lead", "I can lead"),
        ("IIX päivä", "IIX päivä"),
        ("Seminaari 2120", "Seminaari 2120"),
        ("Johtaminen 100 päivässä", "Johtaminen 100 päivässä"),
        ("Seminaari", "Seminaari"),
    ],
)
def test_number_of_the_next_event(title: str, following: str) -> None:
    assert count_onward(title, 2126) == following


def test_roman_numerals() -> None:
    assert [roman_value(roman(number)) for number in (1, 4, 9, 12, 49, 99, 399)] == [1, 4, 9, 12, 49, 99, 399]
    assert [roman_value(text) for text in ("IIII", "VX", "IC")] == [0, 0, 0]
