"""Values at rest: what was encrypted can be read with its key, and with no other."""

import json

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, settings
from hypothesis import strategies as st

from verkosto.core.encryption import UnreadableValue, cipher_of, decrypt, encrypt, is_encrypted

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=40)
VALUES = st.recursive(
    SCALARS,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=5), each, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, derandomize=True, deadline=None, database=None)
@given(VALUES)
def test_value_comes_back_as_it_was_also_after_a_new_key(value: object) -> None:
    stored = json.loads(json.dumps(encrypt(value, [OLD])))
    assert is_encrypted(stored)
    assert decrypt(stored, [OLD]) == decrypt(stored, [NEW, OLD]) == value
    assert decrypt(encrypt(value, [NEW, OLD]), [NEW]) == value
    assert decrypt(value, [NEW]) == value or is_encrypted(value)


@pytest.mark.parametrize("keys", [[], [OTHER]])
def test_value_without_its_key_is_unreadable(keys: list[str]) -> None:
    with pytest.raises(UnreadableValue):
        decrypt(encrypt("Gluteeniton", [OLD]), keys)


def test_damaged_value_is_unreadable() -> None:
    ((mark, token),) = encrypt("Gluteeniton", [OLD]).items()
    with pytest.raises(UnreadableValue):
        decrypt({mark: token[:-8] + "AAAAAAA="}, [OLD])


def test_key_that_is_none_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="not 32 bytes"):
        cipher_of(("secret",))


def test_nothing_is_encrypted_without_keys() -> None:
    assert encrypt("Gluteeniton", []) == "Gluteeniton"
