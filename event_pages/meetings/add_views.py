"""The admin page that adds several meetings to a series: a pattern, a table of its days, then drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from event_pages.meetings.drafts import MeetingPlan, events_on, make_meetings
from event_pages.meetings.forms import (
    BaseMeetingRowFormSet,
    MeetingRowForm,
    MeetingRowFormSet,
    PatternForm,
    holiday_note,
)
from event_pages.meetings.patterns import planned_days
from event_pages.meetings.series_views import SeriesAdminView
from event_pages.models import EventPage
from verkosto.core.users import signed_in_user


@dataclass(frozen=True)
class MeetingRow:
    """A row of the table: its form, the title that the meeting would get, and what there is to know about the day."""

    form: MeetingRowForm
    title: str
    notes: list[str]


class AddMeetingsView(SeriesAdminView):
    """Ask for the pattern, show its days, and make the meetings that were ticked as drafts."""

    page_title = gettext_lazy("Add meetings")
    template_name = "verkosto_events/admin/add_meetings.html"

    def is_allowed(self) -> bool:
        permissions = self.series.permissions_for_user(self.request.user)
        return bool(permissions.can_add_subpage()) and EventPage.can_create_at(self.series)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PatternForm(series=self.series))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PatternForm(request.POST, series=self.series)
        if not form.is_valid():
            return self.show(form, status=422)
        if "preview" in request.POST:
            return self.show(form, self.planned_rows(form))
        rows: Any = MeetingRowFormSet(request.POST, prefix="rows", form_kwargs={"plan": form.plan})
        if not rows.is_valid() or "check" in request.POST:
            return self.show(form, rows, status=200 if rows.is_valid() else 422)
        drafts = make_meetings(series=self.series, user=signed_in_user(request), days=rows.days, plan=form.plan)
        text = ngettext("%(n)s meeting was made as a draft.", "%(n)s meetings were made as drafts.", len(drafts))
        messages.success(request, text % {"n": len(drafts)})
        return redirect(self.list_url)

    def planned_rows(self, form: PatternForm) -> BaseMeetingRowFormSet:
        """Return the days of the pattern as rows. Those of holidays are not ticked."""
        planned = [{"day": row.day, "include": row.holiday is None} for row in planned_days(form.pattern)]
        rows: Any = MeetingRowFormSet(initial=planned, prefix="rows", form_kwargs={"plan": form.plan})
        return cast("BaseMeetingRowFormSet", rows)

    def show(self, form: PatternForm, rows: BaseMeetingRowFormSet | None = None, *, status: int = 200) -> HttpResponse:
        table = self.table(rows, form.plan) if rows is not None else []
        number = len(rows.days) if rows is not None else 0
        context = self.get_context_data(form=form, rows=rows, table=table, number=number)
        return self.render_to_response(context, status=status)

    def table(self, rows: BaseMeetingRowFormSet, plan: MeetingPlan) -> list[MeetingRow]:
        """Return the rows with titles and notes. One query for the other events."""
        others = events_on([form.shown_day for form in rows if form.shown_day], self.series, plan.zone)
        days, language = rows.days, self.series.locale.language_code
        return [
            MeetingRow(form, self.title(form, days, plan, language), notes_on(form.shown_day, others)) for form in rows
        ]

    def title(self, form: MeetingRowForm, days: list[date], plan: MeetingPlan, language: str) -> str:
        """Return the title of a row's meeting; "" for one that is not made."""
        day = form.shown_day
        return plan.title_on(day, days.index(day), language) if form.is_included and day else ""


def notes_on(day: date | None, others: dict[date, list[str]]) -> list[str]:
    """Return the notes about a day: the holiday, and each other event."""
    if day is None:
        return []
    same_day = [_("On the same day: %(title)s") % {"title": title} for title in others.get(day, [])]
    return [note for note in (holiday_note(day), *same_day) if note]
