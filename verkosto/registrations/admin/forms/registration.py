from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.core.form_fields import EmailAddressFormField
from verkosto.registrations.forms.registration import DeskForm
from verkosto.registrations.forms.submitted import StaffSubmittedData
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
    shares_address = forms.BooleanField(
        label=_("Register although the address is already registered"),
        required=False,
        help_text=_("For example a colleague without an address of their own. Both registrations get their emails."),
        widget=forms.HiddenInput,
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("The language of the emails."))

    field_order = ["name", "email", "language", "places"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]

    @property
    def registration_data(self) -> StaffSubmittedData:
        return {
            **super().registration_data,
            "email": self.cleaned_data["email"],
            "shares_address": self.cleaned_data["shares_address"],
        }

    def offer_to_share_address(self) -> None:
        """Show the choice to register the person although the address is registered."""
        self.fields["shares_address"].widget = forms.CheckboxInput()
