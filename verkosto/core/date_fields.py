"""The date and time fields of the admin's forms: in the format of the active language, and with their time zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from verkosto.core.formats import format_time_zone
from verkosto.core.zones import clock_change

SECONDS = re.compile(r"[.:]%S")
EXAMPLE = datetime(2027, 5, 20, 12, 0)
# Outside of these years it is a slip of the keyboard. Near the years 1 and 9999 calculating with dates overflows.
FIRST_YEAR, LAST_YEAR = 1900, 2999


def input_format(kind: str) -> str:
    """Return the active language's format (strptime) for a "DATE", "TIME" or "DATETIME", without seconds."""
    return SECONDS.sub("", get_format(f"{kind}_INPUT_FORMATS")[0])


def example(kind: str) -> str:
    """Return a date, a time or both as the active language writes them: "20.05.2027 12.00"."""
    return EXAMPLE.strftime(input_format(kind))


class LanguageFormatMixin:
    """A widget whose format is that of the active language. Wagtail's is one for all languages."""

    kind: str

    def format_value(self, value: object) -> object:
        return value.strftime(input_format(self.kind)) if isinstance(value, date | time) else value

    def get_config(self) -> dict[str, object]:
        names = {"format": self.kind} if self.kind == "DATE" else {"format": self.kind, "formatTime": "TIME"}
        formats = {name: to_datetimepicker_format(input_format(kind)) for name, kind in names.items()}
        return {**super().get_config(), **formats}  # type: ignore[misc]  # a widget's


class DateInput(LanguageFormatMixin, AdminDateInput):
    kind = "DATE"


class TimeInput(LanguageFormatMixin, AdminTimeInput):
    kind = "TIME"


class DateTimeInput(LanguageFormatMixin, AdminDateTimeInput):
    kind = "DATETIME"


def _with_example(sentence: str | Promise, kind: str) -> str:
    return lazy(lambda: str(sentence) % {"example": example(kind)}, str)()


def refuse_remote_year(value: date) -> None:
    """Raise ValidationError for a date or time in a year that is meant by nobody."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Enter a year between %(first)s and %(last)s."),
            code="year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )


class LanguageDateField(forms.DateField):
    widget = DateInput
    default_validators = [refuse_remote_year]
    default_error_messages = {"invalid": _with_example(gettext_lazy("Enter a date such as %(example)s."), "DATE")}


class LanguageTimeField(forms.TimeField):
    widget = TimeInput
    default_error_messages = {"invalid": _with_example(gettext_lazy("Enter a time such as %(example)s."), "TIME")}


class LanguageDateTimeField(forms.DateTimeField):
    """A date and time that is read and shown in ``zone`` (IANA name), or in the account's zone if that is ""."""

    widget = DateTimeInput
    default_validators = [refuse_remote_year]
    zone = ""
    default_error_messages = {
        "invalid": _with_example(gettext_lazy("Enter a date and time such as %(example)s."), "DATETIME"),
        "missing": gettext_lazy(
            "This time does not exist in the time zone %(zone)s: clocks are moved forward past it when summer time begins."
        ),
        "twice": gettext_lazy(
            "This time occurs twice in the time zone %(zone)s: clocks are moved back when summer time ends. Choose a time "
            "outside that hour."
        ),
    }

    def use_zone(self, zone: str) -> None:
        """Read and show the times in a zone, and name it."""
        self.zone = zone
        named = _("Time zone: %(zone)s.") % {"zone": format_time_zone(zone)}
        self.help_text = f"{self.help_text} {named}".strip()

    def prepare_value(self, value: object) -> object:
        with timezone.override(self._tzinfo):
            return super().prepare_value(value)

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        try:
            with timezone.override(self._tzinfo):
                return super().to_python(value)
        except ValidationError as error:
            moment = (error.params or {}).get("datetime")
            if error.code == "ambiguous_timezone" and moment and (key := clock_change(moment, str(self._tzinfo))):
                zone = format_time_zone(str(self._tzinfo))
                raise ValidationError(self.error_messages[key], code=key, params={"zone": zone}) from error
            raise

    @property
    def _tzinfo(self) -> tzinfo:
        return ZoneInfo(self.zone) if self.zone else timezone.get_current_timezone()


def use_formats_of_the_language() -> None:
    """Use the fields of this module in every model form of Wagtail's admin."""
    for model_field, form_field in (
        (models.DateField, LanguageDateField),
        (models.TimeField, LanguageTimeField),
        (models.DateTimeField, LanguageDateTimeField),
    ):
        override = {"form_class": form_field, "widget": form_field.widget}
        register_form_field_override(model_field, override=override)
