import pytest

from tests.factories.registrations import register
from verkosto.registrations.models import Desk, Invitation, Message, Registration, SensitiveAnswers

pytestmark = pytest.mark.django_db


def test_all_answers_include_the_sensitive_ones_on_request(desk) -> None:
    registration = register(desk, "a@example.fi", answers={"one": 1}, sensitive={"diet": "vegan"})
    registration = Registration.objects.get(pk=registration.pk)
    assert registration.all_answers() == {"one": 1, "diet": "vegan"}
    assert registration.all_answers(sensitive=False) == {"one": 1}
    SensitiveAnswers.objects.all().delete()
    assert Registration.objects.get(pk=registration.pk).all_answers() == {"one": 1}


def test_address_is_found_whatever_its_case(desk) -> None:
    registration = register(desk, "Aino@Example.fi")
    assert registration.email == "aino@example.fi"
    assert list(Registration.objects.of_address("AINO@example.FI")) == [registration]


@pytest.mark.parametrize("stored", ["Räsänen", "Ra\u0308sa\u0308nen"])
@pytest.mark.parametrize("typed", ["Räsänen", "Ra\u0308sa\u0308nen", "R\u200bäsä\u00adnen"])
def test_search_finds_a_name_in_any_normal_form(desk, stored, typed) -> None:
    registration = register(desk, "a@example.fi", name=f"{stored} Aino")
    assert list(Registration.objects.matching(typed)) == [registration]
    assert list(Registration.objects.filter(name=f"{typed} Aino")) == [registration]


def test_names_sort_alike_in_any_normal_form(desk) -> None:
    names = ["Ra\u0308a", "Räb", "Ra\u0308c"]
    for number, name in enumerate(reversed(names)):
        register(desk, f"v{number}@example.fi", name=name)
    assert list(Registration.objects.order_by("name").values_list("name", flat=True)) == ["Räa", "Räb", "Räc"]


@pytest.mark.parametrize("typed", ["käse", "ka\u0308se.fi", "matti@käse", "MATTI@", "xn--kse", "\u200bmatti@käse.fi"])
def test_search_finds_an_international_address(desk, typed) -> None:
    registration = register(desk, "matti@käse.fi")
    assert list(Registration.objects.matching(typed)) == [registration]


@pytest.mark.parametrize("typed", ["käs", "KÄS", "äse.f", "se.fi", "ti@kä", "matti@k"])
def test_search_finds_an_international_domain_by_any_part(desk, typed) -> None:
    """ "käs" is encoded as xn--ks-uia, which no stored domain holds: the address is compared as people write it."""
    registration = register(desk, "matti@käse.fi")
    register(desk, "maija@example.org")
    assert list(Registration.objects.matching(typed)) == [registration]
    assert set(Message.objects.matching(typed)) == set(registration.messages.all())
    invitation = Invitation.objects.create(desk=desk, email="matti@xn--kse-qla.fi")
    assert list(Invitation.objects.matching(typed)) == [invitation]


@pytest.mark.parametrize("typed", ["räsänen", "RÄSÄNEN", "RÄSÄnen öst"])
def test_search_ignores_the_case_of_all_letters(desk, typed) -> None:
    """SQLite's LIKE knows the case of ASCII letters only."""
    registration = register(desk, "a@example.fi", name="Räsänen")
    Registration.objects.update(organisation="ÖSTERBOTTEN")
    assert list(Registration.objects.matching(typed)) == [registration]
    desk.versions = {"fi": {"title": "Ääniä"}}
    desk.save()
    assert Desk.objects.filter(versions__fi__title__icontains="äÄN").exists()
