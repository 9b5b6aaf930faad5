from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import Participation


class ParticipationForm(forms.Form):
    """A meeting, and how somebody takes part in it: the guest with a reference, or who registered."""

    guest = forms.CharField(max_length=16, required=False)
    meeting = forms.CharField(max_length=255)
    status = forms.ChoiceField(choices=Participation.choices)


class MeetingForm(forms.Form):
    """One of the meetings of a series."""

    meeting = forms.ChoiceField(label=_("Meeting"))

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = meetings  # type: ignore[attr-defined]  # a ChoiceField
