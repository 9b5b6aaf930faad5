from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.core.form_fields import NameField
from verkosto.registrations.domain.check_in_links import CheckInDay


class CheckInLinkForm(forms.Form):
    """A check-in link to be made: its name, and one of the coming days."""

    use_required_attribute = False
    name = NameField(
        label=pgettext_lazy("check-in link", "Name"),
        max_length=60,
        help_text=_("Where it is used, such as “Main entrance”. The history of each check-in shows it."),
        error_messages={"required": _("Enter a name for the link.")},
    )
    day = forms.ChoiceField(label=_("Day"), error_messages={"required": _("Choose the day.")})

    def __init__(self, *args: Any, days: list[CheckInDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {day.value: day for day in days}
        self.fields["day"].choices = [(value, day.label) for value, day in self.days.items()]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen_day(self) -> CheckInDay:
        """The day of a valid form."""
        return self.days[self.cleaned_data["day"]]
