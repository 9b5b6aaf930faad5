"""Dates in the admin's forms: typed as the language writes them, and said so when they are not."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from verkosto.core.date_fields import LanguageDateField, LanguageDateTimeField, LanguageTimeField

NOON = datetime(2027, 5, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fi", ("20.05.2027", "12.00", "20.05.2027 12.00")),
        ("sv", ("20.05.2027", "12.00", "20.05.2027 12.00")),
        ("en", ("2027-05-20", "12:00", "2027-05-20 12:00")),
        ("da", ("20.05.2027", "12:00", "20.05.2027 12:00")),
    ],
)
def test_fields_show_and_read_the_format_of_the_language(language: str, shown: tuple[str, ...]) -> None:
    """Finding: the admin in Finnish showed and asked for 2027-05-20."""
    values = (date(2027, 5, 20), time(12), NOON)
    fields = (LanguageDateField(), LanguageTimeField(), LanguageDateTimeField())
    with override(language):
        found = tuple(f.widget.format_value(f.prepare_value(v)) for f, v in zip(fields, values, strict=True))
        read = tuple(field.clean(text) for field, text in zip(fields, found, strict=True))

    assert found == shown
    assert read == values


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_fields_read_iso_dates_in_every_language(language: str) -> None:
    with override(language):
        assert LanguageDateField().clean("2027-05-20") == date(2027, 5, 20)
        assert LanguageTimeField().clean("12:00") == time(12)
        assert LanguageDateTimeField().clean("2027-05-20 12:00") == NOON


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        (
            "fi",
            [
                "Anna päivämäärä esimerkiksi muodossa 20.05.2027.",
                "Anna kellonaika esimerkiksi muodossa 12.00.",
                "Anna päivämäärä ja kellonaika esimerkiksi muodossa 20.05.2027 12.00.",
            ],
        ),
        (
            "en",
            [
                "Enter a date such as 2027-05-20.",
                "Enter a time such as 12:00.",
                "Enter a date and time such as 2027-05-20 12:00.",
            ],
        ),
    ],
)
def test_refused_date_shows_an_example_of_the_format(language: str, messages: list[str]) -> None:
    """Finding: “Enter a valid date/time”, without the format."""
    found = []
    with override(language):
        for field in (LanguageDateField(), LanguageTimeField(), LanguageDateTimeField()):
            with pytest.raises(ValidationError) as refused:
                field.clean("next week")
            found += refused.value.messages

    assert found == messages


def test_pickers_use_the_format_of_the_language() -> None:
    with override("fi"):
        assert LanguageDateField().widget.get_config()["format"] == "d.m.Y"
        config = LanguageDateTimeField().widget.get_config()
    assert (config["format"], config["formatTime"]) == ("d.m.Y H.i", "H.i")


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_year_that_nobody_means_is_refused(year: int) -> None:
    """An event in 9999 was an error of the server: the end of its last day is in no calendar."""
    with override("en"):
        for field, text in (
            (LanguageDateField(), f"{year:04}-12-31"),
            (LanguageDateTimeField(), f"{year:04}-01-01 00:00"),
        ):
            with pytest.raises(ValidationError) as refused:
                field.clean(text)
            assert refused.value.messages == ["Enter a year between 1900 and 2999."]
    assert LanguageDateField().clean("1900-01-01").year == LanguageDateField().clean("2999-12-31").year - 1099
