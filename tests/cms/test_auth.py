import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

BACKEND = "cms.auth.NoDemoPasswordBackend"


@pytest.mark.django_db
def test_demo_password_opens_no_door_where_it_is_guarded(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    get_user_model().objects.create_superuser("admin", password=settings.DEMO_PASSWORD)
    assert authenticate(username="admin", password=settings.DEMO_PASSWORD) is None


@pytest.mark.django_db
def test_other_passwords_open_their_door(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    user = get_user_model().objects.create_superuser("admin", password="a longer secret of mine")
    assert authenticate(username="admin", password="a longer secret of mine") == user


def test_demo_password_cannot_be_chosen(settings) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(settings.DEMO_PASSWORD)
    assert "demo_password" in [error.code for error in refusal.value.error_list]
