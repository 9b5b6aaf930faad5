"""The dates of copied pages: the copy form asks for a new first day, and all other dates move by as many days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.forms import BooleanField
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.admin.forms.pages import CopyForm
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from verkosto.core.aliases import reason_against_alias
from verkosto.core.date_fields import LanguageDateField
from verkosto.core.formats import format_day_with_weekday
from verkosto.core.forms import YEARS
from verkosto.core.numbering import count_onward
from verkosto.core.users import AnyUser
from verkosto.core.zones import shift, zone_of

NEW_DATE = "new_date"
WITHOUT_PEOPLE = "without_people"
#: The app label of Wagtail's own fields and rows, such as the times of publishing and comments. They are not moved.
WAGTAIL_APP = "wagtailcore"


class DatedCopyForm(CopyForm):
    """The form that copies a page. It asks for the first day of the copy if the page has one.

    It does not offer an alias if one of the pages to copy cannot have one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reason_against_alias(self.page, recursive=True):
            self.fields.pop("alias", None)
        # The original has its own slug: with it, the form would be refused wherever the copy stays next to it.
        self.fields["new_slug"].initial = find_available_slug(self.page.get_parent(), self.page.slug)
        first_day = self.page.specific.first_day
        if first_day is None:
            return
        self.fields[NEW_DATE] = LanguageDateField(
            label=_("New first day"),
            required=False,
            help_text=_(
                "The original starts on %(day)s. Every other date of the copy moves by as many days: end, programme, "
                "registration, notice. If left empty, the copy keeps the dates and cannot be published at once."
            )
            % {"day": format_day_with_weekday(first_day)},
        )
        self.fields[WITHOUT_PEOPLE] = BooleanField(
            label=_("Leave out the speakers"),
            required=False,
            initial=True,
            help_text=_("The roles stay in the programme, without names."),
        )
        self._suggest_next(first_day.year)
        self.order_fields(["new_title", "new_slug", NEW_DATE, WITHOUT_PEOPLE])

    def _suggest_next(self, year: int) -> None:
        """Suggest the title of the next event, if the title has a number or the year."""
        title = count_onward(self.page.title, year)
        if title != self.page.title:
            self.fields["new_title"].initial = title
            slug = slugify(title, allow_unicode=getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True))
            self.fields["new_slug"].initial = find_available_slug(self.page.get_parent(), slug)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        new_date = cleaned.get(NEW_DATE)
        if new_date and new_date.year not in YEARS:
            limits = {"first": YEARS[0], "last": YEARS[-1]}
            self.add_error(NEW_DATE, _("Give a year between %(first)s and %(last)s.") % limits)
        was_asked = NEW_DATE in self.fields and NEW_DATE in self.data
        if was_asked and cleaned.get("publish_copies") and NEW_DATE in cleaned and not new_date:
            self.add_error(NEW_DATE, _("Give the date of the copy, or copy the page without publishing it."))
        return cleaned


def move_copied_dates(request: HttpRequest, page: Page, copy: Page) -> None:
    """Move the dates of a copy and of the pages copied with it to the chosen day. For the hook ``after_copy_page``.

    What belongs to the original alone, such as the status and the links of an event, is removed in any case, and its
    speakers if that is chosen. The number of a page that gets a new date is counted onward.
    """
    if copy.alias_of_id:
        return
    first_day = getattr(page.specific, "first_day", None)
    new_date = LanguageDateField(required=False).clean(request.POST.get(NEW_DATE, ""))
    days = (new_date - first_day).days if first_day and new_date else 0
    without_people = bool(request.POST.get(WITHOUT_PEOPLE))
    for copied in copy.get_descendants(inclusive=True).specific():
        if hasattr(copied, "move_dates") and (days or without_people or copied.is_reset_in_copies):
            draft = copied.get_latest_revision_as_object()
            draft.move_dates(days)
            if without_people:
                draft.remove_people()
            if days and copied.pk == copy.pk and getattr(draft, "number", None):
                draft.number += 1
            _save_draft(draft, request.user)


def _save_draft(draft: Page, user: AnyUser) -> None:
    if not draft.live:
        draft.save(clean=False)
    revision = draft.save_revision(user=user, clean=False)
    if draft.live:
        revision.publish(user=user)


def shift_dates(page: Page, days: int) -> None:
    """Move every date of a page and of its rows by a number of days; times of day stay in the page's zone."""
    zone = zone_of(page)
    for instance in (page, *_rows(page)):
        for name, value in _dates(instance):
            moved = shift(value, days, zone) if isinstance(value, datetime) else value + timedelta(days=days)
            setattr(instance, name, moved)


def _dates(instance: models.Model) -> Iterator[tuple[str, Any]]:
    for field in instance._meta.concrete_fields:
        if isinstance(field, models.DateField) and field.editable and field.model._meta.app_label != WAGTAIL_APP:
            value = getattr(instance, field.attname)
            if value is not None:
                yield field.attname, value


def _rows(instance: models.Model) -> Iterator[Any]:
    """Yield the inline children of a page at every level, as they are in memory."""
    if isinstance(instance, ClusterableModel):
        for relation in get_all_child_relations(instance):
            for row in getattr(instance, relation.get_accessor_name()).get_object_list():
                yield row
                yield from _rows(row)
