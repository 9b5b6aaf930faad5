"""What proves who changes an account's address or password, who is told, and how often a password can be reset."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from verkosto.registrations.public.rate_limits import has_attempts_left

PASSWORD = "a longer secret of mine"
URL = "/admin/account/"


@pytest.fixture
def owner(client, db):
    user = get_user_model().objects.create_superuser(
        "maija", "maija@example.fi", PASSWORD, first_name="Maija", last_name="Mallikas"
    )
    client.force_login(user)
    return user


@pytest.fixture
def save(client, owner, settings, django_capture_on_commit_callbacks):
    """Sends the account page with its fields as they are, and some changed; returns the response."""
    settings.AUTHENTICATION_BACKENDS = ["cms.auth.RateLimitedBackend"]
    client.force_login(owner)
    UserProfile.objects.update_or_create(user=owner, defaults={"preferred_language": "en"})

    def save(**changed: str):
        fields = {
            "name_email-first_name": "Maija",
            "name_email-last_name": "Mallikas",
            "email-email": "maija@example.fi",
            "locale-preferred_language": "en",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "registration_notifications-frequency": "never",
        }
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(URL, {**fields, **{name.replace("__", "-"): value for name, value in changed.items()}})

    return save


def panel_form(response, name):
    panels = [panel for several in response.context_data["panels_by_tab"].values() for panel in several]
    return next(panel.form for panel in panels if panel.name == name)


def address_of(owner) -> str:
    return get_user_model().objects.get(pk=owner.pk).email


def test_wagtails_own_form_changes_no_address(client, owner, save) -> None:
    save(name_email__email="new@example.fi")
    assert address_of(owner) == "maija@example.fi"
    html = client.get(URL).content.decode()
    assert 'name="name_email-email"' not in html
    assert 'name="email-current_password"' in html


@pytest.mark.parametrize("password", ["", "a guess"])
def test_changing_the_address_needs_the_password(owner, save, password) -> None:
    response = save(email__email="new@example.fi", email__current_password=password)
    assert (response.status_code, address_of(owner), mail.outbox) == (200, "maija@example.fi", [])
    assert "Enter your current password" in response.content.decode()


def test_the_old_address_is_told_of_a_new_one(owner, save) -> None:
    response = save(email__email="NEW@ka\u0308se.fi", email__current_password=PASSWORD)
    assert (response.status_code, address_of(owner)) == (302, "new@xn--kse-qla.fi")
    notice = mail.outbox[0]
    assert (len(mail.outbox), notice.to) == (1, ["maija@example.fi"])
    assert notice.subject == "The email address of your account was changed"
    assert "maija" in notice.body
    assert "new@" not in notice.body


def test_the_page_is_saved_without_the_password_if_the_address_stays(owner, save) -> None:
    assert save(name_email__first_name="Maria").status_code == 302
    assert get_user_model().objects.get().first_name == "Maria"
    assert mail.outbox == []


def test_guessing_the_password_there_is_limited_as_signing_in(owner, save) -> None:
    for number in range(6):
        save(email__email="new@example.fi", email__current_password=f"guess {number}")
    assert save(email__email="new@example.fi", email__current_password=PASSWORD).status_code == 200
    assert address_of(owner) == "maija@example.fi"


def test_guessing_the_old_password_in_the_password_panel_is_limited_as_signing_in(owner, save) -> None:
    """Wagtail's own form compared the old password without counting: a stolen session could guess it without end."""
    new = "another secret of mine"
    chosen = {"password__new_password1": new, "password__new_password2": new}
    for number in range(4):
        assert save(password__old_password=f"guess {number}", **chosen).status_code == 200
    assert has_attempts_left("sign_in", "maija", "127.0.0.1")  # each guess counts once
    save(password__old_password="guess 5", **chosen)
    assert not has_attempts_left("sign_in", "maija", "127.0.0.1")
    refused = save(password__old_password=PASSWORD, **chosen)
    assert "old_password" in panel_form(refused, "password").errors
    assert get_user_model().objects.get().check_password(PASSWORD)


def test_a_new_password_is_told_of(owner, save) -> None:
    new = "another secret of mine"
    response = save(password__old_password=PASSWORD, password__new_password1=new, password__new_password2=new)
    assert response.status_code == 302
    assert [(notice.to, notice.subject) for notice in mail.outbox] == [
        (["maija@example.fi"], "The password of your account was changed")
    ]


@pytest.mark.parametrize("change", ["email", "password"])
def test_a_change_by_an_administrator_is_told_of(owner, django_capture_on_commit_callbacks, change) -> None:
    user = get_user_model().objects.get(pk=owner.pk)
    if change == "email":
        user.email = "other@example.fi"
    else:
        user.set_password("a password by the administrator")
    with django_capture_on_commit_callbacks(execute=True):
        user.save()
    assert [notice.to for notice in mail.outbox] == [["maija@example.fi"]]


def test_signing_in_with_a_newer_hash_tells_nothing(
    client, owner, settings, django_capture_on_commit_callbacks
) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    client.logout()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/admin/login/", {"username": "maija", "password": PASSWORD}).status_code == 302
    assert get_user_model().objects.get().password.startswith("pbkdf2_sha256")
    assert mail.outbox == []


def test_a_new_account_and_one_without_address_tell_nothing(db, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        user = get_user_model().objects.create_user("new", "NEW@example.fi", PASSWORD)
        other = get_user_model().objects.create_user("other", "", PASSWORD)
        other.email = "other@example.fi"
        other.save()
    assert (user.email, mail.outbox) == ("new@example.fi", [])


def reset(client, email: str, address: str = "192.0.2.10"):
    return client.post(reverse("wagtailadmin_password_reset"), {"email": email}, REMOTE_ADDR=address)


def test_an_address_gets_few_resets_and_anybody_the_same_answer(client, owner) -> None:
    client.logout()
    answers = [reset(client, "maija@example.fi", f"192.0.2.{number}") for number in range(5)]
    answers += [reset(client, "nobody@example.fi", f"192.0.2.{number}") for number in range(5, 10)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/admin/password_reset/done/")}
    assert [letter.to for letter in mail.outbox] == [["maija@example.fi"]] * 3


def test_a_client_asks_for_few_resets(client, owner) -> None:
    client.logout()
    codes = [reset(client, f"v{number}@example.fi").status_code for number in range(21)]
    assert codes == [302] * 20 + [429]
    assert reset(client, "maija@example.fi", "192.0.2.11").status_code == 302


def test_a_reset_finds_the_account_however_the_address_is_typed(client, owner) -> None:
    client.logout()
    reset(client, "MAIJA@example.fi\u200b")
    assert [letter.to for letter in mail.outbox] == [["maija@example.fi"]]
