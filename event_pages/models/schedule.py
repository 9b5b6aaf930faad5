"""The date and status of an event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import SynchronizedField

from event_pages.dates import FAR_FUTURE, EventDate
from event_pages.enums import DatePrecision
from event_pages.event_types import site_time_zone, time_zones
from verkosto.core.formats import format_day
from verkosto.registrations.enums import EventStatus


class Scheduled(models.Model):
    """A base class of page types with a date, and a status that says whether they are held as planned.

    ``save()`` sets ``sort_start`` and ``sort_end``: times for a date of any precision, by which lists sort, filter and
    paginate in SQL. ``calendar_sequence`` counts the changes that calendars have to show (RFC 5545 §3.8.7.4).
    """

    date_precision = models.CharField(
        _("date precision"), max_length=12, choices=DatePrecision.choices, default=DatePrecision.EXACT
    )
    starts_at = models.DateTimeField(
        _("starts"), null=True, blank=True, help_text=_("In the time zone of the event, not your own.")
    )
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, help_text=_("If left empty, visitors see only when the event starts.")
    )
    starts_on = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("For an event without a time. If only the month is known, choose any day of that month."),
    )
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("If left empty, the event lasts one day.")
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=time_zones,
        default=site_time_zone,
        help_text=_("Visitors see the time zone if it is not the site’s own."),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=EventStatus.choices,
        default=EventStatus.SCHEDULED,
        help_text=_(
            "Any status other than “as planned” is shown in every list and in calendars that subscribe to the event."
        ),
    )
    status_note = models.TextField(
        _("status note"), blank=True, help_text=_("Shown next to the status: what changed, and why.")
    )
    postponed_until = models.DateField(
        _("postponed to"),
        null=True,
        blank=True,
        help_text=_("The new date, if known. If left empty, the event is postponed until further notice."),
    )
    sort_start = models.DateTimeField(editable=False, db_index=True, default=FAR_FUTURE)
    sort_end = models.DateTimeField(editable=False, db_index=True, default=FAR_FUTURE)
    calendar_sequence = models.PositiveIntegerField(editable=False, default=0)

    #: The fields whose changes increase ``calendar_sequence``.
    calendar_fields: tuple[str, ...] = ("sort_start", "sort_end", "status", "timezone")

    schedule_facts = [
        SynchronizedField(name, overridable=False)
        for name in (
            *("date_precision", "starts_at", "ends_at", "starts_on", "ends_on", "timezone"),
            *("status", "postponed_until", "sort_start", "sort_end", "calendar_sequence"),
        )
    ]

    class Meta:
        # No constraints here: subclasses of a page type would inherit them, but do not have the columns in their table.
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.update_derived_fields()
        super().save(*args, **kwargs)

    @staticmethod
    def schedule_constraints(label: str) -> list[models.BaseConstraint]:
        """Return the invariants of a schedule, for the Meta of a page class; ``label`` makes their names unique."""
        return [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name=f"{label}_ends_after_start",
                violation_error_message=_("The event ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name=f"{label}_last_day_after_first",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(date_precision=DatePrecision.EXACT) | Q(starts_at__isnull=False),
                name=f"{label}_exact_has_start",
                violation_error_message=_(
                    "Give the date and time when the event starts, or select a lower date precision."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(date_precision__in=[DatePrecision.DATE, DatePrecision.MONTH])
                | Q(starts_on__isnull=False),
                name=f"{label}_day_has_day",
                violation_error_message=_("Give the first day, or select that the date is not yet announced."),
            ),
            models.CheckConstraint(
                condition=Q(postponed_until=None) | Q(status=EventStatus.POSTPONED),
                name=f"{label}_until_is_postponed",
                violation_error_message=_("Only a postponed event can have a new date."),
            ),
        ]

    @property
    def planned_date(self) -> EventDate:
        """The date that the editor gave. Of a postponed event it is the old date.

        Times do not count with another precision: their fields are hidden in the editor, but may still be filled in.
        """
        is_timed = self.date_precision == DatePrecision.EXACT
        return EventDate(
            precision=self.date_precision,
            zone=self.timezone,
            start=self.starts_at if is_timed else None,
            end=self.ends_at if is_timed else None,
            first_day=self.starts_on,
            last_day=self.ends_on,
        )

    @property
    def new_date(self) -> EventDate | None:
        """The date to which the event is postponed; not announced if that is "until further notice". Otherwise None."""
        if self.status != EventStatus.POSTPONED:
            return None
        precision = DatePrecision.DATE if self.postponed_until else DatePrecision.UNANNOUNCED
        return EventDate(precision=precision, zone=self.timezone, first_day=self.postponed_until)

    @property
    def current_date(self) -> EventDate:
        """The date that applies now: of a postponed event the new one, otherwise the planned one."""
        return self.new_date or self.planned_date

    @property
    def calendar_date(self) -> EventDate:
        """The date of the event's entry in calendars: the current date or, if that is not known, the planned one.

        With the old date, calendars that have the entry can remove it: see ``is_off_calendars``.
        """
        return self.current_date if self.current_date.is_dated else self.planned_date

    @property
    def is_off_calendars(self) -> bool:
        """Whether calendars have to remove the event: it is cancelled, or postponed until further notice."""
        is_postponed = self.new_date is not None and not self.new_date.is_dated
        return self.status == EventStatus.CANCELLED or is_postponed

    @property
    def date_text(self) -> str:
        """The current date in the active language as plain text."""
        return self.current_date.text()

    @property
    def status_text(self) -> str:
        """The status in the active language; "" for an event held as planned."""
        if self.status != EventStatus.POSTPONED:
            return "" if self.status == EventStatus.SCHEDULED else str(self.get_status_display())
        if self.postponed_until is None:
            return gettext("Postponed until further notice")
        return gettext("Postponed to %(day)s") % {"day": format_day(self.postponed_until)}

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day of the current date in the event's zone; None if no day is known."""
        return self.current_date.days

    @property
    def span(self) -> tuple[datetime, datetime] | tuple[None, None]:
        """The first and last moment of the current date, aware; (None, None) if no day is known."""
        return self.current_date.span if self.current_date.is_dated else (None, None)

    @property
    def first_day(self) -> date | None:
        """The first day of the planned date; the first of the month if only the month is known."""
        days = self.planned_date.possible_days
        return days[0] if days else None

    def move_dates(self, days: int) -> None:
        """Move the dates of a copy, and reset its status to "as planned"."""
        self.status, self.status_note, self.postponed_until = EventStatus.SCHEDULED, "", None
        super().move_dates(days)  # type: ignore[misc]  # a page's

    @property
    def is_held(self) -> bool:
        """Whether the event is held on its planned date: it is neither cancelled nor postponed."""
        return self.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED)

    @property
    def is_over(self) -> bool:
        """Whether the event's last moment has passed; False if no date is known."""
        return self.is_over_at(timezone.now())

    def is_over_at(self, now: datetime) -> bool:
        """Return whether the event's last moment has passed at ``now``, by the same rule as ``querysets.is_over``."""
        return self.sort_end < now

    def update_derived_fields(self) -> None:
        """Set the columns that are derived from others: ``sort_start``, ``sort_end`` and ``calendar_sequence``."""
        if self.date_precision == DatePrecision.MONTH and self.starts_on:
            self.starts_on, self.ends_on = self.starts_on.replace(day=1), None
        self.sort_start, self.sort_end = self.current_date.span
        if not self.pk:
            return
        names = (*self.calendar_fields, "calendar_sequence")
        stored = type(self)._default_manager.filter(pk=self.pk).values(*names).first()
        if stored is None:
            return
        # An old revision has an old count. Publishing it must not lower the count.
        self.calendar_sequence = max(self.calendar_sequence, stored["calendar_sequence"])
        changed = any(stored[name] != getattr(self, name) for name in self.calendar_fields)
        if changed and self.calendar_sequence == stored["calendar_sequence"]:
            self.calendar_sequence += 1
