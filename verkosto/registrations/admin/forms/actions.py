"""Forms of the pages that ask before an action."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models import Desk


class NoteForm(forms.Form):
    """A note about a registration."""

    text = forms.CharField(
        label=_("New note"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Notes are not shown to the registrant, but are included if they request their own data."),
        error_messages={"required": _("Enter the note before you save it.")},
    )


class ReasonForm(forms.Form):
    """A reason that is added to the email to the registrant."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("This is added to the email to the person. Write in the language of the registration."),
    )


class MoveForm(forms.Form):
    """The desk to which registrations are moved: one of those that the user may change."""

    to = forms.ModelChoiceField(label=_("Event or page"), queryset=Desk.objects.none(), empty_label=None)

    def __init__(self, *args: Any, desks: QuerySet[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = desks  # type: ignore[attr-defined]  # a ModelChoiceField
