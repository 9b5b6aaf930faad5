"""Dates and status of what is held at a time."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import SynchronizedField

from event_pages.event_types import site_time_zone, time_zones
from event_pages.when import NOT_YET, Precision, When
from verkosto.registrations.enums import EventStatus


class Scheduled(models.Model):
    """When something is held and whether it is held as planned.

    ``sort_start`` and ``sort_end`` are kept by ``save()``: they hold every precision as two moments, so that lists
    are sorted, filtered and cut in SQL. ``calendar_sequence`` counts the changes of what a calendar shows (RFC 5545
    §3.8.7.4).
    """

    date_precision = models.CharField(
        _("date precision"), max_length=12, choices=Precision.choices, default=Precision.EXACT
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
    sort_start = models.DateTimeField(editable=False, db_index=True, default=NOT_YET)
    sort_end = models.DateTimeField(editable=False, db_index=True, default=NOT_YET)
    calendar_sequence = models.PositiveIntegerField(editable=False, default=0)

    #: A change of any of these is news to a calendar.
    calendar_fields: tuple[str, ...] = ("sort_start", "sort_end", "status", "timezone")

    schedule_facts = [
        SynchronizedField(name, overridable=False)
        for name in (
            *("date_precision", "starts_at", "ends_at", "starts_on", "ends_on", "timezone"),
            *("status", "postponed_until", "sort_start", "sort_end", "calendar_sequence"),
        )
    ]

    class Meta:
        # No constraints here: a subclass of a page would inherit them, for columns of a table that is not its own.
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.settle_schedule()
        return super().save(*args, **kwargs)

    @staticmethod
    def schedule_constraints(label: str) -> list[models.BaseConstraint]:
        """The invariants of a schedule, for the Meta of a page class; ``label`` makes their names unique."""
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
                condition=~Q(date_precision="exact") | Q(starts_at__isnull=False),
                name=f"{label}_exact_has_start",
                violation_error_message=_(
                    "Give the date and time when the event starts, or select a lower date precision."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(date_precision__in=["date", "month"]) | Q(starts_on__isnull=False),
                name=f"{label}_day_has_day",
                violation_error_message=_("Give the first day, or select that the date is not yet announced."),
            ),
            models.CheckConstraint(
                condition=Q(postponed_until=None) | Q(status="postponed"),
                name=f"{label}_until_is_postponed",
                violation_error_message=_("Only a postponed event can have a new date."),
            ),
        ]

    @property
    def when(self) -> When:
        """The date as the editor gave it; a postponed event keeps the one it had."""
        return When(
            precision=self.date_precision,
            zone=self.timezone,
            start=self.starts_at,
            end=self.ends_at,
            first_day=self.starts_on,
            last_day=self.ends_on,
        )

    @property
    def new_when(self) -> When | None:
        """The date to which a postponed event has been moved; not announced where it is "until further notice"."""
        if self.status != EventStatus.POSTPONED:
            return None
        precision = Precision.DATE if self.postponed_until else Precision.UNANNOUNCED
        return When(precision=precision, zone=self.timezone, first_day=self.postponed_until)

    @property
    def is_held(self) -> bool:
        """Whether one can still come: neither cancelled nor postponed."""
        return self.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED)

    @property
    def is_over(self) -> bool:
        """Whether its last moment has passed; never so while no date holds."""
        return self.sort_end < timezone.now()

    def settle_schedule(self) -> None:
        """Bring the derived columns in line with the dates."""
        if self.date_precision == Precision.MONTH and self.starts_on:
            self.starts_on, self.ends_on = self.starts_on.replace(day=1), None
        self.sort_start, self.sort_end = (self.new_when or self.when).span
        if not self.pk:
            return
        names = (*self.calendar_fields, "calendar_sequence")
        stored = type(self)._default_manager.filter(pk=self.pk).values(*names).first()
        if stored is None:
            return
        # A revision carries the count of the day it was made: it never sets the clock back.
        self.calendar_sequence = max(self.calendar_sequence, stored["calendar_sequence"])
        changed = any(stored[name] != getattr(self, name) for name in self.calendar_fields)
        if changed and self.calendar_sequence == stored["calendar_sequence"]:
            self.calendar_sequence += 1
