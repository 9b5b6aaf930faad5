import logging

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from verkosto.registrations.public import rate_limits

BACKEND = "cms.auth.NoDemoPasswordBackend"
SECRET = "a longer secret of mine"


@pytest.mark.django_db
def test_demo_password_opens_no_door_where_it_is_guarded(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    get_user_model().objects.create_superuser("admin", password=settings.DEMO_PASSWORD)
    assert authenticate(username="admin", password=settings.DEMO_PASSWORD) is None


@pytest.mark.django_db
def test_other_passwords_open_their_door(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    user = get_user_model().objects.create_superuser("admin", password=SECRET)
    assert authenticate(username="admin", password=SECRET) == user


def test_demo_password_cannot_be_chosen(settings) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(settings.DEMO_PASSWORD)
    assert "demo_password" in [error.code for error in refusal.value.error_list]


@pytest.mark.django_db
def test_who_guesses_a_password_waits_and_nobody_else_does(
    client, settings, caplog, time_machine, monkeypatch
) -> None:
    limiter = FixedWindowRateLimiter(MemoryStorage())  # whose clock is the test's; Redis has its own
    monkeypatch.setattr(rate_limits, "_limiter", lambda: limiter)
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    for name in ("matti.meikalainen@example.fi", "neighbour"):
        get_user_model().objects.create_superuser(name, password=SECRET)

    def sign_in(name: str, password: str = SECRET, address: str = "192.0.2.10") -> int:
        client.logout()
        form = {"username": name, "password": password, "next": "/admin/"}
        return client.post("/admin/login/", form, REMOTE_ADDR=address).status_code

    time_machine.move_to("2026-11-02 09:00 +0000")
    victim = "matti.meikalainen@example.fi"
    assert [sign_in(victim, f"guess {number}") for number in range(6)] == [200] * 6
    with caplog.at_level(logging.WARNING, logger="cms.auth"):
        assert sign_in(victim) == 200  # the right one, and refused
        assert sign_in(victim.upper()) == 200
    assert "Sign-in refused" in caplog.text
    assert "matti" not in caplog.text.lower()
    assert "192.0.2.10" not in caplog.text
    assert sign_in("neighbour") == 302  # behind the same address
    assert sign_in(victim, address="198.51.100.7") == 302  # the owner, elsewhere
    time_machine.move_to("2026-11-02 09:16 +0000")
    assert sign_in(victim) == 302


@pytest.mark.django_db
def test_signing_in_forgets_ones_slips(client, settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    get_user_model().objects.create_superuser("maija", password=SECRET)
    for _round in range(2):
        for password in [*["slip"] * 4, SECRET]:
            answer = client.post("/admin/login/", {"username": "maija", "password": password, "next": "/admin/"})
        assert answer.status_code == 302
        client.logout()
