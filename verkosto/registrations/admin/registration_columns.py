"""The columns of a desk's list of registrations, besides one for each question.

Other apps add columns with the hook ``register_verkosto_registration_columns``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn

from verkosto.core.email_addresses import readable_email
from verkosto.registrations.admin.columns import LanguageColumn, StateColumn, registration_state
from verkosto.registrations.models import Registration

DEFAULT_COLUMNS = ["email", "status", "places", "language", "created_at"]


@dataclass(frozen=True, kw_only=True)
class RegistrationColumn:
    """A column that staff can choose. Its cells must not ask queries of their own: the list has many rows.

    ``options`` are further arguments of ``kind``; the column sorts by the field of its name unless they say otherwise.
    """

    name: str
    label: Any
    kind: Callable[..., BaseColumn] = Column
    options: tuple[tuple[str, Any], ...] = ()
    classname: str = ""

    def build(self, *, is_hidden_when_narrow: bool = False) -> BaseColumn:
        """Return the table's column; narrow screens have room for few."""
        classname = " ".join(filter(None, [self.classname, "reg-wide-only" if is_hidden_when_narrow else ""]))
        options = {"sort_key": self.name, "classname": classname, **dict(self.options)}
        return self.kind(self.name, label=self.label, **options)


def email_label(registration: Registration) -> str:
    return readable_email(registration.email)


def attendance_label(registration: Registration) -> str:
    return registration.get_attendance_display() if registration.attendance else ""


BUILT_IN = (
    RegistrationColumn(name="email", label=_("Email"), options=(("accessor", email_label),)),
    RegistrationColumn(
        name="status", label=_("Status"), kind=StateColumn, options=(("accessor", registration_state),)
    ),
    RegistrationColumn(name="places", label=_("Places"), classname="reg-number"),
    RegistrationColumn(name="language", label=_("Language"), kind=LanguageColumn),
    RegistrationColumn(name="organisation", label=_("Organisation")),
    RegistrationColumn(name="created_at", label=_("Registered"), kind=DateColumn),
    RegistrationColumn(
        name="attendance",
        label=pgettext_lazy("registration", "Attendance"),
        options=(("accessor", attendance_label),),
    ),
    RegistrationColumn(name="reference", label=_("Reference")),
)


def registration_columns() -> dict[str, RegistrationColumn]:
    """Return the columns by name, with those of other apps."""
    added = [column for hook in hooks.get_hooks("register_verkosto_registration_columns") for column in hook()]
    return {column.name: column for column in (*BUILT_IN, *added)}
