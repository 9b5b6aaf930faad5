"""The column of sensitive answers: each answer is encrypted, if the project has keys."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from verkosto.core.encryption import UnreadableValue, decrypt, encrypt, is_encrypted
from verkosto.registrations import conf


class UnreadableAnswer(str):
    """Stands for an answer whose key is missing: shown as "[…]", stored as it was, and erased like any other."""

    stored: object

    def __new__(cls, stored: object) -> "UnreadableAnswer":
        """Return it for an encrypted value."""
        made = super().__new__(cls, "[…]")
        made.stored = stored
        return made


class EncryptedAnswersField(models.JSONField):
    """Answers by question key. With ``SENSITIVE_ANSWERS_KEYS`` the database gets each answer encrypted.

    The keys of questions stay readable, so that ``answers__has_key`` finds who has answered. Lookups into an encrypted
    answer find nothing. Decision 34.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Return a plain field of JSON, which the column is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        if isinstance(value, dict):
            value = {key: _stored(answer) for key, answer in value.items()}
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value: object, expression: Expression, connection: BaseDatabaseWrapper) -> object:
        text = cast("str | None", value)  # or what SQLite extracts from JSON
        found: object = super().from_db_value(text, expression, connection)
        is_one = is_encrypted(found) or not isinstance(found, dict)  # one answer, extracted from JSON
        return _readable(found) if is_one else readable_answers(cast("dict[str, object]", found))


def readable_answers(stored: Mapping[str, object]) -> dict[str, object]:
    """Return answers by question key as they were given; an ``UnreadableAnswer`` for one without its key."""
    return {key: _readable(answer) for key, answer in stored.items()}


def _readable(answer: object) -> object:
    try:
        return decrypt(answer, conf.sensitive_answers_keys())
    except UnreadableValue:
        return UnreadableAnswer(answer)


def _stored(answer: object) -> object:
    return answer.stored if isinstance(answer, UnreadableAnswer) else encrypt(answer, conf.sensitive_answers_keys())
