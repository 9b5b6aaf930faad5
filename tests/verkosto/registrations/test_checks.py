from typing import Any

import pytest

from verkosto.registrations import checks


@pytest.mark.parametrize(
    ("sender", "problems"),
    [
        ("Verkosto <v@example.fi>", 0),
        ("v@example.fi", 0),
        ('"Verkosto, öst" <v@example.fi>', 0),
        ("Verkosto, öst <v@example.fi>", 1),
        ("Verkosto", 1),
        ("a@example.fi, b@example.fi", 1),
        ("", 1),
    ],
)
def test_sender_that_no_mail_server_accepts_is_found_at_the_start(settings: Any, sender: str, problems: int) -> None:
    """Finding: with "Verkosto, öst <v@example.fi>" every mail failed for good, and nothing said so."""
    settings.DEFAULT_FROM_EMAIL = sender
    found = checks.sender_is_one_address(None)
    assert [message.id for message in found] == ["verkosto_registrations.E001"] * problems
