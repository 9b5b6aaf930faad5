"""The forms in the admin that make the meetings of a series: their pattern, and a row for each day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from event_pages.meetings.drafts import MeetingPlan, next_number
from event_pages.meetings.patterns import MAX_MEETINGS, MAX_ROWS, Pattern, Repeat
from event_pages.meetings.public_holidays import holiday_on
from event_pages.models import EventPage, EventSeriesPage
from verkosto.core.date_fields import LanguageDateField, LanguageDateTimeField, LanguageTimeField
from verkosto.core.formats import format_day, format_time_zone
from verkosto.core.forms import YearRangeMixin
from verkosto.core.zones import clock_change
from verkosto.registrations.mail.placeholders import PLACEHOLDER

PLACEHOLDERS = ("number", "date")


class PatternForm(YearRangeMixin, forms.Form):  # type: ignore[misc]  # the mixin declares a method of the form
    """What the new meetings have in common, and how their days follow each other."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("{number} and {date} are replaced by the number and date of each meeting."),
    )
    first_number = forms.IntegerField(label=gettext_lazy("Number of the first meeting"), min_value=1, max_value=9999)
    like = forms.ModelChoiceField(
        EventPage.objects.none(),
        label=gettext_lazy("Copy from"),
        required=False,
        empty_label=gettext_lazy("Nothing: new, empty meetings"),
        help_text=gettext_lazy(
            "Its place, format, programme and registration settings are copied. Its registrations, joining link, status, "
            "recording and materials are not."
        ),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("If left empty, that of the copied meeting."),
    )
    first_day = LanguageDateField(label=gettext_lazy("First day"))
    starts = LanguageTimeField(label=gettext_lazy("Starts at"))
    ends = LanguageTimeField(label=gettext_lazy("Ends at"), required=False)
    every = forms.IntegerField(label=gettext_lazy("Every"), min_value=1, max_value=52, initial=1)
    repeat = forms.ChoiceField(label=gettext_lazy("Weeks or months"), choices=Repeat.choices, initial=Repeat.WEEKS)
    number = forms.IntegerField(
        label=gettext_lazy("Number of meetings"), required=False, min_value=1, max_value=MAX_MEETINGS
    )
    last_day = LanguageDateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Give the number of meetings, the last day, or both: whichever comes first."),
    )
    skip_holidays = forms.BooleanField(
        label=gettext_lazy("Leave out Finnish public holidays"), required=False, initial=True
    )

    def __init__(self, *args: Any, series: EventSeriesPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        like: Any = self.fields["like"]
        like.queryset = EventPage.objects.of_series(series)
        self.fields["first_number"].initial = next_number(series)
        self.fields["title"].initial = f"{series.title} {{number}}"

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        used = set(PLACEHOLDER.findall(title))
        if unknown := sorted(used - set(PLACEHOLDERS)):
            unknown_text = ", ".join(f"{{{name}}}" for name in unknown)
            raise forms.ValidationError(
                _("%(unknown)s cannot be used here. You can use {number} and {date}."),
                params={"unknown": unknown_text},
            )
        if not used:
            raise forms.ValidationError(_("Add {number} or {date}, so that the meetings can be told apart."))
        return title

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        if not cleaned.get("number") and not last and not {"number", "last_day"} & set(self.errors):
            self.add_error("number", _("Give the number of meetings or the last day."))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The meeting ends before it begins."))
        if not cleaned.get("summary") and not cleaned.get("like") and "summary" not in self.errors:
            self.add_error("summary", _("Give a summary, or choose a meeting to copy."))
        return cleaned

    @property
    def pattern(self) -> Pattern:
        """The pattern of the days, of a valid form."""
        names = ("first_day", "repeat", "every", "number", "last_day")
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return Pattern(**given, leaves_out_holidays=bool(self.cleaned_data["skip_holidays"]))

    @property
    def plan(self) -> MeetingPlan:
        """What the meetings have in common, of a valid form."""
        names = ("title", "first_number", "starts", "ends", "summary", "like")
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return MeetingPlan(**given)


class MeetingRowForm(forms.Form):
    """One day of the pattern: it can be left out or moved."""

    include = forms.BooleanField(required=False)
    day = LanguageDateField()

    def __init__(self, *args: Any, plan: MeetingPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["include"].widget.attrs["aria-label"] = _("Make this meeting")
        self.fields["day"].widget.attrs["aria-label"] = _("Date")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("include"):
            self.errors.pop("day", None)
        elif day := cleaned.get("day"):
            self._check_clocks(day)
        return cleaned

    def _check_clocks(self, day: date) -> None:
        """Refuse a time that does not exist on the day, or occurs twice (PEP 495)."""
        for at in (self.plan.starts, self.plan.ends):
            if at and (key := clock_change(datetime.combine(day, at), self.plan.zone)):
                text = LanguageDateTimeField.default_error_messages[key]
                self.add_error("day", str(text) % {"zone": format_time_zone(self.plan.zone)})
                return

    @property
    def shown_day(self) -> date | None:
        """The day as it was typed or planned; None if it cannot be read."""
        return self.cleaned_data.get("day") if hasattr(self, "cleaned_data") else self.initial.get("day")

    @property
    def is_included(self) -> bool:
        """Whether the row is ticked."""
        values = self.cleaned_data if hasattr(self, "cleaned_data") else self.initial
        return bool(values.get("include"))


class BaseMeetingRowFormSet(forms.BaseFormSet):
    """The days of the new meetings."""

    def clean(self) -> None:
        days = self.days
        if not days and not any(self.errors):
            raise forms.ValidationError(_("Choose at least one meeting."))
        if len(days) > MAX_MEETINGS:
            raise forms.ValidationError(_("Make at most %(most)s meetings at once."), params={"most": MAX_MEETINGS})
        twice = next((day for day in days if days.count(day) > 1), None)
        if twice:
            raise forms.ValidationError(_("Two of the meetings are on %(day)s."), params={"day": format_day(twice)})

    @property
    def days(self) -> list[date]:
        """The days of the ticked rows, in order."""
        return sorted(form.shown_day for form in self.forms if form.is_included and form.shown_day)


MeetingRowFormSet = forms.formset_factory(
    MeetingRowForm, formset=BaseMeetingRowFormSet, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


def holiday_note(day: date) -> str:
    """Return what the table says about a holiday: "Public holiday: May Day"; "" for an ordinary day."""
    name = holiday_on(day)
    return _("Public holiday: %(name)s") % {"name": name} if name else ""
