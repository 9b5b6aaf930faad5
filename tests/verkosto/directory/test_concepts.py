import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from verkosto.directory.concepts import normalise_concept_url, short_concept_id, validate_concept_url

CONCEPT = "http://www.yso.fi/onto/yso/p1234"


@pytest.mark.parametrize(
    ("given", "stored", "short"),
    [
        (CONCEPT, CONCEPT, "yso:p1234"),
        ("https://www.yso.fi/onto/yso/p1234", CONCEPT, "yso:p1234"),
        ("https://finto.fi/yso/sv/page/p1234", CONCEPT, "yso:p1234"),
        ("https://finto.fi/yso-paikat/fi/page/p1234?clang=sv", CONCEPT, "yso:p1234"),
        ("https://www.yso.fi/onto/koko/p8", "http://www.yso.fi/onto/koko/p8", "koko:p8"),
        ("https://www.wikidata.org/entity/Q5", "https://www.wikidata.org/entity/Q5", ""),
        ("", "", ""),
    ],
)
def test_concept_has_one_uri(given: str, stored: str, short: str) -> None:
    validate_concept_url(given)
    assert normalise_concept_url(given) == stored
    assert short_concept_id(stored) == short


@pytest.mark.parametrize(
    "given",
    ["https://finto.fi/", "https://finto.fi/yso/fi/search?q=a", "http://www.yso.fi/onto/yso/", "https://yso.fi/p1"],
)
def test_addresses_of_no_concept_are_refused(given: str) -> None:
    with override("en"), pytest.raises(ValidationError) as refused:
        validate_concept_url(given)
    assert refused.value.messages == ["Enter the URI of a concept, such as http://www.yso.fi/onto/yso/p1234."]
