"""What the app uses of the inside of django-allauth and Django is still there, and means the same."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.template.loader import get_template
from django.test import Client
from wagtail.users.models import UserProfile

from verkosto.accounts import upstream
from verkosto.accounts.adapters import MESSAGES, WAYS_TO_PROVE
from verkosto.accounts.forms import LoginForm


def test_django_still_keeps_the_password_that_is_set() -> None:
    user = get_user_model()(username="maija")
    assert not upstream.sets_password(user)
    user.set_password("a longer secret of mine")
    assert upstream.sets_password(user)


def test_login_form_still_has_the_fields_that_we_describe(rf) -> None:
    assert [LoginForm(request=rf.get("/"))[name].html_name for name in ("login", "password", "remember")] == [
        "username",
        "password",
        "remember",
    ]


def test_texts_of_ours_stand_for_texts_that_allauth_has() -> None:
    for template in MESSAGES:
        assert get_template(template)
    assert {*WAYS_TO_PROVE} == {"reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate:webauthn"}


def test_admin_refuses_in_the_language_of_the_account(maija: User, client: Client) -> None:
    UserProfile.objects.update(preferred_language="sv")
    client.force_login(maija)
    answer = client.get("/admin/users/", headers={"Accept-Language": "en"}, follow=True)
    assert [str(message).strip() for message in answer.context["messages"]] == [
        "Ledsen, du saknar rättigheter att tillträda detta område."
    ]
