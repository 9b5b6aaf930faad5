"""Refuse passwords that have been stolen elsewhere, with a list on this machine (NIST SP 800-63B §5.1.1.2)."""

from __future__ import annotations

import hashlib
import os
from typing import BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verkosto.accounts import conf

LENGTH = 40  # of a SHA-1 hash in hexadecimal digits


class BreachedPasswordValidator:
    """Refuse a password whose SHA-1 hash is in ``BREACHED_PASSWORDS_FILE``.

    The file has a hash a line, in capitals, sorted, as Have I Been Pwned gives it ("HASH:COUNT"); it can have 40 GB,
    since it is searched, never read. Without the setting nothing is refused.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        path = conf.breached_passwords_file()
        if path and is_listed(password, path):
            raise ValidationError(self.get_help_text(), code="breached_password")

    def get_help_text(self) -> str:
        return _("A password that is known to have been stolen elsewhere cannot be used.")


def is_listed(password: str, path: str) -> bool:
    """Return whether a list has a password. Raises OSError if the file cannot be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with open(path, "rb") as file:
        low, high = 0, os.fstat(file.fileno()).st_size
        # The wanted line, if there is one, begins at or after "low" and before "high".
        while low < high:
            middle = (low + high) // 2
            start, found = _line_from(file, middle)
            if not found or start >= high:
                high = middle
            elif found[:LENGTH] == wanted:
                return True
            elif found[:LENGTH] < wanted:
                low = start + len(found)
            else:
                high = middle
    return False


def _line_from(file: BinaryIO, position: int) -> tuple[int, bytes]:
    """Return the first line that begins at or after a position, with where it begins."""
    if position:
        file.seek(position - 1)
        file.readline()
    else:
        file.seek(0)
    start = file.tell()
    return start, file.readline()
