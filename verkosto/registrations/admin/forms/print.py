from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PrintForm(forms.Form):
    """Which registrations are printed, and in which order."""

    who = forms.ChoiceField(
        label=pgettext_lazy("on a list", "Who"),
        choices=[("place", _("Everyone with a place")), ("attended", _("People who attended"))],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Order"), choices=[("name", _("By name")), ("organisation", _("By organisation"))], required=False
    )

    def __init__(
        self, *args: Any, meetings: list[tuple[str, str]], venues: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if venues:
            venue = forms.ChoiceField(label=_("Venue"), choices=[("", _("All venues")), *venues], required=False)
            self.fields = {"venue": venue, **self.fields}
        if meetings:
            choices = [("", _("All meetings")), *meetings]
            meeting = forms.ChoiceField(label=_("Meeting"), choices=choices, required=False)
            self.fields = {"meeting": meeting, **self.fields}
