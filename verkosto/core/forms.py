"""Base classes of the forms of pages and settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, cast

from django.db.models import Model
from django.forms import BaseForm, ChoiceField, Field
from django.http import QueryDict
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from verkosto.core.date_fields import LanguageDateTimeField
from verkosto.core.html import interface_errors
from verkosto.core.page_urls import is_taken
from verkosto.core.zones import zone_of

YEARS = range(1900, 2201)


class ErrorSummaryMixin(BaseForm):
    """A form on a public page, with its errors as the summary above it lists them."""

    @property
    def problems(self) -> list[dict[str, str]]:
        """Each error as its text and the field that its link leads to, "" for the whole form."""
        return [
            {"id": str(self[name].auto_id) if name in self.fields else "", "text": str(text)}
            for name, errors in self.errors.items()
            for text in interface_errors(errors)
        ]


class YearRangeMixin:
    """A form, listed before its other bases, that refuses dates outside ``YEARS``.

    Such a date is a typing error, and time zone conversion fails at the ends of the calendar.
    """

    cleaned_data: dict[str, object]
    add_error: Callable[[str, str], None]

    def clean(self) -> dict[str, object]:
        super().clean()  # type: ignore[misc]  # a form's
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and value.year not in YEARS:
                limits = {"first": YEARS[0], "last": YEARS[-1]}
                self.add_error(name, _("Give a year between %(first)s and %(last)s.") % limits)
        return self.cleaned_data


class ZoneMixin:
    """A form whose times are read and shown in the time zone of the edited object, not in that of the account.

    The zone is the object's field ``timezone`` or, if it has none, the site's. ``own_zone_fields`` are Wagtail's times of
    publishing, which stay in the account's zone as elsewhere in the admin. The help text of each field names its zone.
    """

    own_zone_fields: ClassVar[set[str]] = {"go_live_at", "expire_at", "first_published_at"}
    fields: dict[str, Field]
    data: QueryDict
    instance: Model

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self._chosen_zone() or zone_of(self.instance)
        for name, field in self.fields.items():
            if isinstance(field, LanguageDateTimeField):
                field.use_zone(get_current_timezone_name() if name in self.own_zone_fields else zone)

    def _chosen_zone(self) -> str:
        """Return the zone that was sent with the times; "" for none."""
        choice = cast("ChoiceField | None", self.fields.get("timezone"))
        sent = self.data.get(self.add_prefix("timezone"), "") if choice else ""  # type: ignore[attr-defined]  # a form's
        return sent if choice and sent and choice.valid_value(sent) else ""


class PageForm(ZoneMixin, YearRangeMixin, WagtailAdminPageForm):
    """The edit form of a page."""

    #: Called with a form when it is opened, not when it is sent. The functions are added when the apps are ready.
    prepare_opened: ClassVar[list[Callable[[BaseForm], None]]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            for prepare in self.prepare_opened:
                prepare(self)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        slug = cleaned.get("slug")
        if slug and self.parent_page and "slug" in self.changed_data and is_taken(self.parent_page, str(slug)):
            self.add_error("slug", _("The site uses this address itself. Choose another slug."))
        return cleaned


class SettingsForm(ZoneMixin, YearRangeMixin, WagtailAdminModelForm):
    """The edit form of the site settings."""
