from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from verkosto.core.form_fields import EmailAddressFormField
from verkosto.core.version_check import VersionCheckMixin
from verkosto.registrations.forms.guests import guest_initial
from verkosto.registrations.forms.layout import field_name
from verkosto.registrations.forms.registration import DeskForm
from verkosto.registrations.forms.submitted import StaffSubmittedData
from verkosto.registrations.models import Question, Registration


def with_optional_answers(questions: list[Question]) -> list[Question]:
    """Return the questions as staff answer them for somebody else: no answer is required."""
    for question in questions:
        question.required = False
    return questions


class StaffRegistrationForm(VersionCheckMixin, DeskForm):
    """A registration that staff add or change. It notices what others, or the person, have changed since it was opened."""

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
        self.fields["language"].choices = list(get_content_languages().items())  # type: ignore[attr-defined]  # a ChoiceField
        if self.registration is not None:
            self.check_version(self._stored_by_field(self.registration))

    def _stored_by_field(self, registration: Registration) -> dict[str, object]:
        """Return what is saved of a registration, as it is stored; answers that the form does not ask are left out."""
        own = {name: getattr(registration, name) for name in ("name", "email", "language", "places")}
        asked = {field_name(question): self.stored.get(question.key) for question in self.questions}
        return {**own, **guest_initial(self.known_guests), **self.guest_answers.stored_by_field, **asked}

    def differs(self, name: str, value: object) -> bool:
        return name in self.changed_data

    def stored_text(self, name: str, value: object) -> str:
        question = self.question_by_field.get(name) or self._own_questions.get(name)
        if question:
            return question.display(value)
        return str(get_content_languages().get(value, value)) if name == "language" else str(value)

    @property
    def _own_questions(self) -> dict[str, Question]:
        return {field_name(question): question for question in self.questions}

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
