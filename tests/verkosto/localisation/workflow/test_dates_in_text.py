import pytest

from verkosto.localisation.workflow.dates_in_text import without_dates


@pytest.mark.parametrize(
    "text",
    [
        "Seminaari 12.5.2026 klo 9",
        "Seminariet den 12 maj 2026 kl. 9",
        "Toukokuun lopulla? Ei, 12. toukokuuta 2026 klo 9",
        "The seminar on May 12, 2026 at 9",
        "The seminar on 12 May 2026 at 9",
        "The seminar on 12th of May 2026 at 9",
        "2026-05-12 9",
        "12/5/2026 9",
    ],
)
def test_one_day_is_found_in_every_notation(text):
    dates, rest = without_dates(text)
    assert dates == [(12, 5)]
    assert [word for word in rest.replace(",", " ").split() if word.isdecimal()] == ["2026", "9"]


def test_march_is_not_november():
    assert without_dates("4. marraskuuta ja 5. maaliskuuta")[0] == [(4, 11), (5, 3)]


@pytest.mark.parametrize("text", ["2,5 miljoonaa", "kappale 3.2", "klo 12.30", "32.1.2026", "v. 2026", "1/2"])
def test_other_numbers_are_no_dates(text):
    dates = without_dates(text)[0]
    assert dates in ([], [(1, 2)])
    assert (dates == [(1, 2)]) is (text == "1/2")  # a half reads as the first of February
