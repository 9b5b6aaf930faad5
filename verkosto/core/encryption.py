"""Encryption of single values at rest: Fernet (AES-128-CBC and HMAC-SHA256), with keys that can be replaced."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeGuard

from django.core.exceptions import ImproperlyConfigured

try:
    from cryptography.fernet import Fernet, InvalidToken, MultiFernet
except ImportError:  # optional dependency
    Fernet = None  # type: ignore[assignment,misc]  # without the extra

# The only key of a dictionary that stands for an encrypted value. No form stores such a dictionary.
MARK = "$fernet"


class UnreadableValue(Exception):
    """A value was encrypted with a key that is not given, or was damaged."""


@lru_cache(maxsize=8)
def cipher_of(keys: tuple[str, ...]) -> "MultiFernet":
    """Return the cipher that encrypts with the first key and decrypts with each. Raises ImproperlyConfigured."""
    if Fernet is None:
        raise ImproperlyConfigured("Encryption needs the library: pip install verkosto[encryption].")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured("A key of encryption is not 32 bytes of URL-safe base64.") from error


def is_encrypted(value: object) -> TypeGuard[dict[str, str]]:
    """Return whether a value is an encrypted one."""
    return isinstance(value, dict) and value.keys() == {MARK}


def encrypt(value: object, keys: Sequence[str]) -> object:
    """Return a JSON value encrypted with the first key; as it is without keys."""
    if not keys:
        return value
    return {MARK: cipher_of(tuple(keys)).encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()}


def decrypt(value: object, keys: Sequence[str]) -> object:
    """Return an encrypted value as it was, and any other as it is. Raises UnreadableValue."""
    if not is_encrypted(value):
        return value
    if not keys:
        raise UnreadableValue("No key is given.")
    try:
        decrypted: object = json.loads(cipher_of(tuple(keys)).decrypt(str(value[MARK]).encode()))
    except InvalidToken as error:
        raise UnreadableValue("No key that is given decrypts it.") from error
    return decrypted
