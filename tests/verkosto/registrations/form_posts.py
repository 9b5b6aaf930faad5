"""Addresses and contents of the forms that visitors send."""

import re

from verkosto.registrations.forms.signup import SignUpForm


def address(desk, language="fi"):
    return f"/{language}/registrations/{desk.translation_key}/"


def fill(desk, **values):
    stamp = SignUpForm(desk=desk, questions=[]).stamp
    return {"name": "Aino", "email": "aino@example.fi", "rendered": stamp, **values}


def clean(html: bytes) -> str:
    """A page without its nonces and without the signed part of its own address."""
    return re.sub(r'nonce="[^"]*"|/received/[^"]*', "", html.decode())
