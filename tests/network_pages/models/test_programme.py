import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.models import Page

from home.models import HomePage
from network_pages.models import NetworkIndexPage, ProgrammePage, SmallGroupPage
from tests.factories import (
    NetworkIndexPageFactory,
    ProgrammePageFactory,
    SmallGroupPageFactory,
)
from tests.recordings import recorded


@pytest.fixture
@recorded
def networks(homes: dict[str, HomePage]) -> NetworkIndexPage:
    return NetworkIndexPageFactory(parent=homes["fi"], slug="verkostot")


REFUSED = [
    (SmallGroupPage, {"size_from": 10, "size_to": 8}, "Ryhmän enimmäiskoko on pienempi kuin vähimmäiskoko."),
    (ProgrammePage, {"first_year": 2018, "last_year": 2008}, "Viimeinen vuosi on ennen ensimmäistä."),
    (ProgrammePage, {"first_year": None, "last_year": 2008}, "Anna myös ensimmäinen vuosi."),
]


@pytest.mark.parametrize(("model", "values", "message"), REFUSED)
def test_what_cannot_be_is_refused_with_words(
    networks: NetworkIndexPage, homes: dict[str, HomePage], model: type[Page], values: dict[str, int], message: str
) -> None:
    page = {SmallGroupPage: SmallGroupPageFactory, ProgrammePage: ProgrammePageFactory}[model](
        parent=networks if model is SmallGroupPage else homes["fi"]
    )
    for name, value in values.items():
        setattr(page, name, value)

    with override("fi"):
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert refusal.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=page.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"first_year": 2008, "last_year": 2018, "is_closed": True}, "2008–2018"),
        ({"first_year": 2019}, "2019–"),
        ({"first_year": 2019, "is_closed": True}, "2019"),
        ({}, ""),
    ],
)
def test_years_of_a_programme(db: None, values: dict[str, int], expected: str) -> None:
    assert ProgrammePage(**values).years == expected
