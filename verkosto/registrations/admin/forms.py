from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.coreutils import get_content_languages

from verkosto.registrations.forms.registration import DeskForm
from verkosto.registrations.models import Desk, Question


class NoteForm(forms.Form):
    """A word of the staff."""

    text = forms.CharField(
        label=_("New note"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Notes are not shown to the registrant, but are included if they request their own data."),
    )


class ReasonForm(forms.Form):
    """Why, in the words that the person reads."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("This is added to the email to the person. Write in the language of the registration."),
    )


class MoveForm(forms.Form):
    """The desk to which somebody is moved: one of those that the user may change."""

    to = forms.ModelChoiceField(label=_("Event or page"), queryset=Desk.objects.none(), empty_label=None)

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = desks  # type: ignore[attr-defined]  # a ModelChoiceField


def with_optional_answers(questions: list[Question]) -> list[Question]:
    """The questions as staff answer them for somebody: nothing is required of who does not know."""
    for question in questions:
        question.required = False
    return questions


class StaffRegistrationForm(DeskForm):
    """A registration by hand."""

    email = forms.EmailField(
        label=_("Email"),
        required=False,
        max_length=254,
        help_text=_("Without an address the person gets no emails and no personal link."),
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("The language of the emails."))

    field_order = ["name", "email", "language", "places", "companions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]

    @property
    def registration_data(self) -> dict[str, Any]:
        return {**super().registration_data, "email": self.cleaned_data["email"]}


class SendAtForm(forms.Form):
    """When a mail goes out."""

    send_at = forms.DateTimeField(
        label=_("Send at"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("If left empty, the email is sent immediately."),
    )
