import logging

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

BACKEND = "cms.auth.NoDemoPasswordBackend"
SECRET = "a longer secret of mine"


@pytest.mark.django_db
def test_demo_password_does_not_sign_in_where_it_is_forbidden(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    get_user_model().objects.create_superuser("admin", password=settings.DEMO_PASSWORD)
    assert authenticate(username="admin", password=settings.DEMO_PASSWORD) is None


@pytest.mark.django_db
def test_other_passwords_sign_in(settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    user = get_user_model().objects.create_superuser("admin", password=SECRET)
    assert authenticate(username="admin", password=SECRET) == user


def test_demo_password_cannot_be_chosen(settings) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(settings.DEMO_PASSWORD)
    assert "demo_password" in [error.code for error in refusal.value.error_list]


VICTIM = "matti.meikalainen@example.fi"


@pytest.fixture
def sign_in(client, settings, time_machine, db):
    """Signs in at nine o'clock, to ``VICTIM`` or ``neighbour``; returns 302 where it is let in."""
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    for name in (VICTIM, "neighbour"):
        get_user_model().objects.create_superuser(name, password=SECRET)
    time_machine.move_to("2026-11-02 09:00 +0000")

    def sign_in(name: str, password: str = SECRET, address: str = "192.0.2.10") -> int:
        client.logout()
        form = {"username": name, "password": password, "next": "/admin/"}
        return client.post("/admin/login/", form, REMOTE_ADDR=address).status_code

    return sign_in


def test_who_guesses_a_password_waits_and_nobody_else_does(sign_in, caplog, time_machine) -> None:
    victim = VICTIM
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
def test_signing_in_resets_the_count_of_failures(client, settings) -> None:
    settings.AUTHENTICATION_BACKENDS = [BACKEND]
    get_user_model().objects.create_superuser("maija", password=SECRET)
    for _round in range(2):
        for password in [*["slip"] * 4, SECRET]:
            answer = client.post("/admin/login/", {"username": "maija", "password": password, "next": "/admin/"})
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
        assert "maija" in client.get("/admin/account/").content.decode()
        client.logout()


def guess(sign_in, addresses) -> None:
    for number, address in enumerate(addresses):
        assert sign_in(VICTIM, f"guess {number}", address) == 200


def test_guesses_from_many_addresses_are_looked_at_one_a_minute(sign_in, time_machine) -> None:
    assert sign_in(VICTIM, address="192.0.2.10") == 302
    guess(sign_in, [f"198.51.100.{number}" for number in range(19)])
    assert sign_in(VICTIM, address="203.0.113.1") == 302  # nineteen are not too many
    guess(sign_in, [f"198.51.100.{number}" for number in range(100, 106)])  # the twentieth, and one in this minute
    assert sign_in(VICTIM, address="203.0.113.2") == 200  # the right one, and refused
    assert sign_in(VICTIM, address="192.0.2.10") == 302  # the owner, where they sign in as a rule
    assert sign_in("neighbour", address="203.0.113.2") == 302
    time_machine.move_to("2026-11-02 09:02 +0000")
    assert sign_in(VICTIM, address="203.0.113.2") == 302  # the owner elsewhere, after a minute
    time_machine.move_to("2026-11-02 09:16 +0000")
    assert [sign_in(VICTIM, address=f"203.0.113.{number}") for number in range(3, 6)] == [302] * 3


def test_a_known_address_is_forgotten_after_a_month(sign_in, time_machine) -> None:
    assert sign_in(VICTIM, address="192.0.2.10") == 302
    time_machine.move_to("2026-12-03 09:00 +0000")
    guess(sign_in, [f"198.51.100.{number}" for number in range(25)])
    assert sign_in(VICTIM, address="192.0.2.10") == 200


def test_one_ipv6_network_is_one_address(sign_in) -> None:
    guess(sign_in, [f"2001:db8:0:1::{number:x}" for number in range(12)])
    assert sign_in(VICTIM, address="2001:db8:0:1:ffff::1") == 200  # the right one, and refused
    assert sign_in("neighbour", address="2001:db8:0:1:ffff::1") == 302
    assert sign_in(VICTIM, address="2001:db8:0:2::1") == 302


def test_one_address_alone_slows_no_account_down(sign_in) -> None:
    guess(sign_in, ["192.0.2.66"] * 40)
    assert [sign_in(VICTIM, address=f"203.0.113.{number}") for number in range(3)] == [302] * 3
