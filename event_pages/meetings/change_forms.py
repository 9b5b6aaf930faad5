"""The form in the admin that changes several meetings of a series in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from event_pages.meetings.changes import MeetingAction, MeetingChange
from event_pages.models import EventPage, EventSeriesPage

MOST_DAYS = 730


class ChangeMeetingsForm(forms.Form):
    """Which meetings, and what is done with them."""

    meetings = forms.ModelMultipleChoiceField(
        EventPage.objects.none(), label=gettext_lazy("Meetings"), widget=forms.CheckboxSelectMultiple
    )
    action = forms.ChoiceField(
        label=gettext_lazy("What to do"), choices=MeetingAction.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=gettext_lazy("Number of days"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Times of day stay. The deadlines for registration move by as many days."),
    )
    note = forms.CharField(
        label=gettext_lazy("Status note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Why, in the language of the pages. It is shown next to the status and in the email. If left empty, the note "
            "of each meeting stays."
        ),
    )

    def __init__(self, *args: Any, series: EventSeriesPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings: Any = self.fields["meetings"]
        meetings.queryset = EventPage.objects.of_series(series).originals()
        meetings.label_from_instance = _label
        meetings.error_messages["required"] = _("Choose at least one meeting.")

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") == MeetingAction.MOVE and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Give the number of days."))
        return cleaned

    @property
    def change(self) -> MeetingChange:
        """The action of a valid form."""
        cleaned = self.cleaned_data
        return MeetingChange(action=cleaned["action"], days=cleaned["days"] or 0, note=cleaned["note"])


def _label(meeting: EventPage) -> str:
    """Return a meeting's title, date, status if it is not as planned, and whether it is a draft."""
    parts = [meeting.draft_title or meeting.title, meeting.date_text, meeting.status_text]
    if not meeting.live:
        parts.append(_("draft"))
    elif meeting.has_unpublished_changes:
        parts.append(_("unpublished changes"))
    return " · ".join(filter(None, parts))
