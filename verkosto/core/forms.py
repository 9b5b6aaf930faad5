"""Base classes of the forms of pages and settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

YEARS = range(1900, 2201)


class YearRangeMixin:
    """A form, listed before its other bases, that refuses dates outside ``YEARS``.

    Such a date is a typing error, and time zone conversion fails at the ends of the calendar.
    """

    cleaned_data: dict[str, Any]
    add_error: Any

    def clean(self) -> Any:
        super().clean()  # type: ignore[misc]  # a form's
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and value.year not in YEARS:
                limits = {"first": YEARS[0], "last": YEARS[-1]}
                self.add_error(name, _("Give a year between %(first)s and %(last)s.") % limits)
        return self.cleaned_data


class PageForm(YearRangeMixin, WagtailAdminPageForm):
    """The edit form of a page."""


class SettingsForm(YearRangeMixin, WagtailAdminModelForm):
    """The edit form of the site settings."""
