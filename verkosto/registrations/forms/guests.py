"""The fields of a registration form about the guests whom somebody brings."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verkosto.core.form_fields import EmailAddressFormField, LineField, NameField
from verkosto.core.text import clean_name
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.forms.layout import FormLayout, field_name
from verkosto.registrations.forms.question_fields import answer_in, initial_value, question_field
from verkosto.registrations.models import Desk, Guest, Question, Registration
from verkosto.registrations.questions import conditions

OWN_EMAILS = _("Guests with an address get their own confirmation and calendar entry.")
NOT_THEIR_OWN = _("Enter an address of their own, or leave the field empty.")
NO_SPELLCHECK = {"spellcheck": "false"}
PARTS = ("name", "email", "organisation")


def guest_field_name(number: int, part: str) -> str:
    """Return the name of a field about a guest. Guests are counted from 1."""
    return f"guest-{number}-{part}"


class GuestForm(FormLayout):
    """One guest, to correct or replace, with the questions that are asked about each."""

    use_required_attribute = False

    name = NameField(label=_("Name"), max_length=200)
    email = EmailAddressFormField(
        label=_("Email address"), required=False, help_text=OWN_EMAILS, widget=forms.EmailInput(attrs=NO_SPELLCHECK)
    )
    organisation = LineField(label=_("Organisation"), max_length=255, required=False)

    def __init__(self, *args: Any, guest: Guest, registration: Registration, **kwargs: Any) -> None:
        self.guest, self.registration = guest, registration
        self.stored = guest.all_answers()
        self.questions = _questions_about(registration)
        self.questions_by_key = conditions.by_key(self.questions)
        answers = {
            field_name(question): initial_value(question, self.stored[question.key])
            for question in self.questions
            if question.key in self.stored
        }
        kwargs["initial"] = {**{part: getattr(guest, part) for part in PARTS}, **answers}
        super().__init__(*args, **kwargs)
        if not registration.desk.guest_addresses and not guest.email:
            del self.fields["email"]
        if not registration.desk.guest_organisations and not guest.organisation:
            del self.fields["organisation"]
        for question in self.questions:
            self.fields[field_name(question)] = question_field(
                question,
                label=question.label_html,
                help_text=question.help_text_html,
                required=self._must_answer(question) and not question.shown_if_key,
                stored=self.stored.get(question.key),
            )
            self.fields[field_name(question)].widget.attrs.pop("autocomplete", None)

    def _must_answer(self, question: Question) -> bool:
        """Return whether an answer is required: not where the guest is stored without one."""
        is_unanswered = bool(self.guest.name) and question.key not in self.stored
        return question.required and not is_unanswered

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self.answers: dict[str, object] = {}
        for question in self.questions:
            name, key = field_name(question), question.key
            self.answers[key] = None
            if not conditions.is_asked(question, self.answers, self.questions_by_key):
                self.errors.pop(name, None)
                continue
            is_changed = name in self.changed_data
            answer = answer_in(question, cleaned.get(name), stored=self.stored.get(key), is_changed=is_changed)
            if answer is None and self._must_answer(question) and not self.has_error(name):
                self.add_error(name, str(question.question_type.missing_message))
            self.answers[key] = answer
        return cleaned

    def clean_email(self) -> str:
        """Refuse an address that another person of the registration has."""
        email: str = self.cleaned_data["email"]
        others = self.registration.guests.exclude(pk=self.guest.pk).values_list("email", flat=True)
        if email and email in {self.registration.email, *others}:
            raise forms.ValidationError(NOT_THEIR_OWN)
        return email

    @property
    def data_of_guest(self) -> GuestData:
        """The values of a valid form."""
        sensitive = {question.key for question in self.questions if question.sensitive}
        return GuestData(
            **{part: self.cleaned_data.get(part) or "" for part in PARTS},
            answers={key: answer for key, answer in self.answers.items() if key not in sensitive},
            sensitive={key: answer for key, answer in self.answers.items() if key in sensitive},
        )


def _questions_about(registration: Registration) -> list[Question]:
    """Return the questions that are asked about each guest of a registration.

    Where one depends on a question that was asked once, that answer decides whether it is here.
    """
    in_use = list(registration.desk.questions.in_use().select_related("desk"))
    by_key, own = conditions.by_key(in_use), registration.all_answers()
    each = {question.key for question in in_use if question.each_attendee}
    return [
        question
        for question in in_use
        if question.key in each and (question.shown_if_key in each or conditions.is_asked(question, own, by_key))
    ]


def known_guests_of(registration: Registration) -> list[Guest]:
    """Return the guests of a registration with their sensitive answers. One query; none for a single person."""
    has_guests = registration.places > 1 and registration.pk
    return list(registration.guests.select_related("sensitive")) if has_guests else []


def guest_fields(desk: Desk, number: int) -> dict[str, forms.Field]:
    """Return the fields about as many guests, of what the editor asks for."""
    fields: dict[str, forms.Field] = {}
    for n in range(1, number + 1):
        fields[guest_field_name(n, "name")] = NameField(
            label=format_lazy(_("Name of guest {number}"), number=n), max_length=200, required=False
        )
        if desk.guest_addresses:
            fields[guest_field_name(n, "email")] = EmailAddressFormField(
                label=format_lazy(_("Email address of guest {number}"), number=n),
                required=False,
                help_text=OWN_EMAILS,
                widget=forms.EmailInput(attrs=NO_SPELLCHECK),
            )
        if desk.guest_organisations:
            fields[guest_field_name(n, "organisation")] = LineField(
                label=format_lazy(_("Organisation of guest {number}"), number=n), max_length=255, required=False
            )
    return fields


def guest_initial(guests: Iterable[Guest]) -> dict[str, object]:
    """Return what is stored about guests, by field."""
    return {
        guest_field_name(number, part): getattr(guest, part)
        for number, guest in enumerate(guests, start=1)
        for part in PARTS
    }


def guests_in(cleaned: Mapping[str, object], number: int) -> list[GuestData]:
    """Return the guests of a form's values; fields that are not asked are empty."""

    def typed(number: int, part: str) -> str:
        return str(cleaned.get(guest_field_name(number, part)) or "")

    return [
        GuestData(name=typed(n, "name"), email=typed(n, "email"), organisation=typed(n, "organisation"))
        for n in range(1, number + 1)
    ]


def guest_errors(guests: list[GuestData], *, places: int, own_email: str, known: list[Guest]) -> dict[str, str]:
    """Return the errors of the guests in a form, by field name.

    Each place beyond the first needs a name. ``known`` are those stored: a place that was unnamed before may stay so.
    """
    errors: dict[str, str] = {}
    emails = {own_email} - {""}
    for number, guest in enumerate(guests, start=1):
        is_given = any((guest.name, guest.email, guest.organisation))
        if number >= places and is_given:
            errors["places"] = str(
                _("You have named more guests than there are places. Change the number, or empty the fields.")
            )
        was_unnamed = number <= len(known) and not clean_name(known[number - 1].name)
        if not guest.name and (guest.email or guest.organisation or (number < places and not was_unnamed)):
            errors[guest_field_name(number, "name")] = str(_("Enter the name of the guest."))
        if guest.email and guest.email in emails:
            errors[guest_field_name(number, "email")] = str(NOT_THEIR_OWN)
        emails.add(guest.email)
    return errors
