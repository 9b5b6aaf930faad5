import pytest
from django.db import models
from django.db.models.functions import Lower

from tests.factories.registrations import register
from verkosto.core.model_fields import EmailAddressField
from verkosto.registrations.models import Registration, SensitiveAnswers

pytestmark = pytest.mark.django_db


def test_all_answers_include_the_sensitive_ones_on_request(desk) -> None:
    registration = register(desk, "a@example.fi", answers={"one": 1}, sensitive={"diet": "vegan"})
    registration = Registration.objects.get(pk=registration.pk)
    assert registration.all_answers() == {"one": 1, "diet": "vegan"}
    assert registration.all_answers(sensitive=False) == {"one": 1}
    SensitiveAnswers.objects.all().delete()
    assert Registration.objects.get(pk=registration.pk).all_answers() == {"one": 1}


def test_address_is_found_whatever_its_case_by_our_own_field_alone(desk) -> None:
    registration = register(desk, "Aino@Example.fi")
    assert list(Registration.objects.of_address("AINO@example.FI")) == [registration]
    assert EmailAddressField().get_lookup("lower") is None
    assert EmailAddressField().get_transform("lower") is Lower
    assert models.CharField().get_transform("lower") is None
    assert models.EmailField().get_transform("lower") is None
