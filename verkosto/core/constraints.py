"""What a constraint refuses is said beside the field that is to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint

#: What nobody types into a form, and what a refusal therefore does not stand beside.
NOT_TYPED = {"id", "locale", "page", "page_ptr", "translation_key"}


class ErrorsByField(models.Model):
    """For a model, before its other bases: hands the message of a constraint to the last field that it speaks of.

    ``always_checked`` names columns that constraints speak of and no form has, such as the locale: Django would leave
    those constraints to the database, whose refusal is no message.
    """

    always_checked: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Iterable[str] | None = None) -> None:
        """Raise ValidationError with the messages by field, where the field is not excluded."""
        excluded = set(exclude or ()) - self.always_checked
        try:
            super().validate_constraints(exclude=excluded)  # type: ignore[misc]  # a model's
        except ValidationError as error:
            raise ValidationError(self._by_field(error.update_error_dict({}), excluded)) from error

    def _by_field(self, errors: dict[str, list[ValidationError]], excluded: set[str]) -> dict[str, Any]:
        fields = {
            str(constraint.get_violation_error_message()): field
            for _, constraints in self.get_constraints()  # type: ignore[attr-defined]  # a model's
            for constraint in constraints
            if (field := _last_field(constraint)) and field not in excluded
        }
        found: dict[str, list[ValidationError]] = {}
        for name, of_field in errors.items():
            for each in of_field:
                where = fields.get(str(each.message), name) if name == NON_FIELD_ERRORS else name
                found.setdefault(where, []).append(each)
        return found


def _last_field(constraint: BaseConstraint) -> str | None:
    if isinstance(constraint, UniqueConstraint):
        names = iter(constraint.fields)
    elif isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
        names = _names(constraint.condition)
    else:
        return None
    typed = [name for name in names if name not in NOT_TYPED]
    return typed[-1] if typed else None


def _names(condition: Q) -> Iterator[str]:
    """The fields on the left of a condition's comparisons, in their order."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        elif isinstance(child, tuple):
            yield str(child[0]).partition("__")[0]
