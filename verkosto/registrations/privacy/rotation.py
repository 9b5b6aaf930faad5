"""Sensitive answers are encrypted anew: with the newest key, also those that were stored without one."""

from django.db import DatabaseError, transaction
from django.db.models import Model

from verkosto.core.encryption import UnreadableValue
from verkosto.registrations.models import GuestSensitiveAnswers, SensitiveAnswers
from verkosto.registrations.models.encrypted_answers import UnreadableAnswer

PORTION = 200  # rows of one transaction
Answers = type[SensitiveAnswers] | type[GuestSensitiveAnswers]
MODELS: tuple[Answers, ...] = (SensitiveAnswers, GuestSensitiveAnswers)


def rotate_sensitive_answers() -> int:
    """Encrypt all sensitive answers with the first key. Return how many rows. Raises UnreadableValue.

    Answers may change and be erased meanwhile: each row is read and written under its lock.
    """
    return sum(_rotate(model) for model in MODELS)


def _rotate(model: Answers) -> int:
    rotated, last = 0, 0
    while pks := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PORTION]):
        with transaction.atomic():
            rows = list(model.objects.select_for_update().filter(pk__in=pks))
            for row in rows:
                if _is_unreadable(row):
                    raise UnreadableValue("No key that is given decrypts some answers.")
                row.save(update_fields=["answers"])  # the field has decrypted them, and encrypts them now
        rotated, last = rotated + len(rows), pks[-1]
    return rotated


def missing_key() -> bool:
    """Return whether the first or the last sensitive answers cannot be read. Four queries."""
    try:
        rows = [row for model in MODELS for order in ("pk", "-pk") for row in model.objects.order_by(order)[:1]]
    except DatabaseError:  # not migrated yet
        return False
    return any(_is_unreadable(row) for row in rows)


def _is_unreadable(row: Model) -> bool:
    assert isinstance(row, MODELS)  # noqa: S101 - for the types
    return any(isinstance(answer, UnreadableAnswer) for answer in row.answers.values())
