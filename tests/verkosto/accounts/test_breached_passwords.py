"""The list of stolen passwords is searched in a file of any size."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from verkosto.accounts import checks
from verkosto.accounts.breached_passwords import is_listed

LISTED = [f"stolen password {number}" for number in range(0, 400, 2)]


@pytest.fixture
def file(tmp_path, settings) -> str:
    hashes = sorted(hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper() for password in LISTED)
    path = tmp_path / "hashes.txt"
    # Lines of several lengths, as the counts have.
    path.write_text("".join(f"{found}:{7 ** (number % 9)}\r\n" for number, found in enumerate(hashes)))
    settings.BREACHED_PASSWORDS_FILE = str(path)
    return str(path)


def test_every_listed_password_is_found_and_no_other(file) -> None:
    assert [password for password in LISTED if not is_listed(password, file)] == []
    assert [number for number in range(1, 400, 2) if is_listed(f"stolen password {number}", file)] == []


@pytest.mark.parametrize("text", ["", "0" * 40 + ":1", "F" * 40])
def test_short_files_are_searched(tmp_path, text) -> None:
    path = tmp_path / "short.txt"
    path.write_text(text)
    assert not is_listed("a longer secret of mine", str(path))


def test_listed_password_is_refused(file) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(LISTED[3])
    assert [error.code for error in refusal.value.error_list] == ["breached_password"]
    validate_password("a longer secret of mine")


def test_without_a_file_nothing_is_refused(file, settings) -> None:
    settings.BREACHED_PASSWORDS_FILE = ""
    validate_password(LISTED[3])


def test_a_missing_file_is_reported(file, settings) -> None:
    assert checks.breached_passwords_can_be_read(None) == []
    settings.BREACHED_PASSWORDS_FILE = "/nowhere/hashes.txt"
    (found,) = checks.breached_passwords_can_be_read(None)
    assert (found.id, "No such file" in found.msg) == ("verkosto_accounts.E001", True)


def test_a_missing_file_is_no_permission(settings) -> None:
    settings.BREACHED_PASSWORDS_FILE = "/nowhere/hashes.txt"
    with pytest.raises(OSError, match="nowhere"):
        validate_password("a longer secret of mine")
