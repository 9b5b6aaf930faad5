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
        ("Kausi 2126–2127", "Kausi 2127–2128"),
        ("Kausi 2125-2126", "Kausi 2126-2127"),
        ("Säsongen 2126–27", "Säsongen 2127–28"),
        ("Strategia 2126–2130", "Strategia 2126–2130"),
        ("Juhlaseminaari 2076–2126", "Juhlaseminaari 2076–2126"),
        ("Nätverksdagen 2126-10-06", "Nätverksdagen 2127-10-06"),
        ("Det 12:e nätverksmötet", "Det 13:e nätverksmötet"),
        ("Den 20:e nätverksdagen 2126", "Den 21:a nätverksdagen 2127"),
        ("Den 10:e nätverksdagen", "Den 11:e nätverksdagen"),
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
