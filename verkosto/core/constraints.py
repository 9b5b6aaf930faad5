"""The assignment of constraint violations to form fields, so that a message is shown next to its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint

#: Columns that constraints use and that are not in forms.
NON_FORM_FIELDS = {"id", "locale", "page", "page_ptr", "translation_key"}


class ConstraintErrorsByField(models.Model):
    """A model, listed before its other bases, that assigns the error of a constraint to its last form field.

    ``always_checked`` names columns without a form field, such as the locale. Django does not validate a constraint
    with such a column; the database would then refuse the row without a message.
    """

    always_checked: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Iterable[str] | None = None) -> None:
        """Raise ValidationError with the messages by field, where the field is not excluded."""
        excluded = set(exclude or ()) - self.always_checked
        try:
            super().validate_constraints(exclude=excluded)
        except ValidationError as error:
            raise ValidationError(self._by_field(error.update_error_dict({}), excluded)) from error

    def _by_field(
        self, errors: dict[str, list[ValidationError]], excluded: set[str]
    ) -> dict[str, list[ValidationError]]:
        """Return the errors, with those of constraints moved from the whole form to their fields."""
        fields: dict[str, str] = {}
        for _model, constraints in self.get_constraints():
            for constraint in constraints:
                field = _last_form_field(constraint)
                if field and field not in excluded:
                    # A ValidationError does not name its constraint: the message identifies it.
                    fields[str(constraint.get_violation_error_message())] = field
        found: dict[str, list[ValidationError]] = {}
        for name, field_errors in errors.items():
            for error in field_errors:
                target = fields.get(str(error.message), name) if name == NON_FIELD_ERRORS else name
                found.setdefault(target, []).append(error)
        return found


def _last_form_field(constraint: BaseConstraint) -> str | None:
    if isinstance(constraint, UniqueConstraint):
        names = iter(constraint.fields)
    elif isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
        names = _field_names(constraint.condition)
    else:
        return None
    form_fields = [name for name in names if name not in NON_FORM_FIELDS]
    return form_fields[-1] if form_fields else None


def _field_names(condition: Q) -> Iterator[str]:
    """Yield the fields on the left of a condition's comparisons, in their order."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from _field_names(child)
        elif isinstance(child, tuple):
            yield str(child[0]).partition("__")[0]
