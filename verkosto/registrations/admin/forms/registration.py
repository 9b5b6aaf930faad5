from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.core.form_fields import EmailAddressFormField
from verkosto.registrations.forms.registration import DeskForm
from verkosto.registrations.models import Question


def with_optional_answers(questions: list[Question]) -> list[Question]:
    """Return the questions as staff answer them for somebody else: no answer is required."""
    for question in questions:
        question.required = False
    return questions


class StaffRegistrationForm(DeskForm):
    """A registration that staff add or change."""

    email = EmailAddressFormField(
        label=_("Email"),
        required=False,
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
