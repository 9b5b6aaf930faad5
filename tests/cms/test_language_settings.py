import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from cms.language_settings import language_settings


def test_languages_are_named_in_the_order_given() -> None:
    with override("en"):
        named = [(code, str(name)) for code, name in language_settings(["sv", " da", "sv"])]
    assert named == [("sv", "Swedish"), ("da", "Danish")]


@pytest.mark.parametrize("codes", [[], ["suomi"], ["fi", "xx"]])
def test_unknown_languages_are_refused(codes: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="LANGUAGES"):
        language_settings(codes)
