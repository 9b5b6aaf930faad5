"""What the forms of pages and settings have in common."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

YEARS = range(1900, 2201)


class PlausibleDates:
    """For a form, before its other bases: takes no date outside of our time. It is a slip of the finger, and at the ends
    of the calendar no time zone can follow it."""

    cleaned_data: dict[str, Any]
    add_error: Any

    def clean(self) -> Any:
        super().clean()  # type: ignore[misc]  # a form's
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and value.year not in YEARS:
                words = {"first": YEARS[0], "last": YEARS[-1]}
                self.add_error(name, _("Give a year between %(first)s and %(last)s.") % words)
        return self.cleaned_data


class PageForm(PlausibleDates, WagtailAdminPageForm):
    """The form in which a page is edited."""


class SettingsForm(PlausibleDates, WagtailAdminModelForm):
    """The form in which the settings of the site are edited."""
