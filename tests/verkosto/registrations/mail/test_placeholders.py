import pytest

from verkosto.registrations.mail.placeholders import fill


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Peruttu: {title}.", {"title": "Kuka kuuntelee?"}, "Peruttu: Kuka kuuntelee?"),
        ("Peruttu: {title}.", {"title": "Johtamispäivä"}, "Peruttu: Johtamispäivä."),
        ("{title}. {when}.", {"title": "Nyt!", "when": "16.9."}, "Nyt! 16.9."),
        ("{unknown}.", {}, "{unknown}."),
        ("{name}.", {"name": "{title}", "title": "no"}, "{title}."),
    ],
)
def test_value_that_ends_a_sentence_gets_no_second_stop(text: str, values: dict[str, str], expected: str) -> None:
    assert fill(text, values) == expected
