import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from verkosto.core.email_addresses import readable_email
from verkosto.core.form_fields import EmailAddressFormField, LinesField
from verkosto.core.formats import format_day
from verkosto.registrations.questions.types.base import Cell, QuestionType

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question


#: What a line of text may ask that browsers can fill in: the values of ``autocomplete`` (HTML, autofill detail tokens).
PURPOSES: dict[str, str | Promise] = {
    "organization-title": _("Job title"),
    "street-address": _("Street address"),
    "postal-code": _("Postal code"),
    "address-level2": _("Town or city"),
    "country-name": _("Country"),
}


class Text(QuestionType):
    """A line of text, perhaps one that browsers can fill in (WCAG 2.2 SC 1.3.5, Identify Input Purpose)."""

    extra_fields = {
        "purpose": blocks.ChoiceBlock(
            label=_("What is asked"),
            choices=list(PURPOSES.items()),
            required=False,
            help_text=_("If you ask for one of these about the person, choose it: browsers can then fill it in."),
        ),
        "max_length": blocks.IntegerBlock(
            label=_("Maximum length of the answer in characters"),
            default=200,
            min_value=1,
            max_value=1000,
            required=False,
        ),
    }

    def field_options(self, question: "Question") -> dict[str, object]:
        return {"max_length": question.settings.get("max_length") or 200}

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        field = super().form_field(question, **kwargs)
        if (purpose := question.settings.get("purpose")) in PURPOSES:
            field.widget.attrs["autocomplete"] = purpose
        return field


class LongText(QuestionType):
    """Several lines of text."""

    name = "long_text"
    label = _("Long text")
    icon = "doc-full"
    extra_fields = {
        "max_length": blocks.IntegerBlock(
            label=_("Maximum length of the answer in characters"),
            default=2000,
            min_value=1,
            max_value=5000,
            required=False,
        )
    }

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return LinesField(
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=question.settings.get("max_length") or 2000,
            **kwargs,
        )


class Email(QuestionType):
    """An email address."""

    name = "email"
    label = _("Email address")
    icon = "mail"
    missing_message = _("Enter an email address.")
    is_personal = True
    field_class = EmailAddressFormField
    widget = forms.EmailInput

    def field_options(self, question: "Question") -> dict[str, object]:
        return {}

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        return readable_email(str(stored))


class Phone(QuestionType):
    """A phone number, as people write it."""

    name = "phone"
    label = _("Phone number")
    icon = "mobile-alt"
    is_personal = True
    widget = forms.TextInput(attrs={"type": "tel"})
    autocomplete = "tel"
    missing_message = _("Enter a phone number.")

    def field_options(self, question: "Question") -> dict[str, object]:
        return {
            "max_length": 40,
            "validators": [
                RegexValidator(
                    re.compile(r"^\+?[\d\s().\-/]{5,39}$"),
                    _("Write the number with digits, for example +358 295 00 1234."),
                )
            ],
        }


class Number(QuestionType):
    """A whole number. Stored as such, and exported as a number."""

    name = "number"
    label = _("Number")
    icon = "order"
    missing_message = _("Enter a number.")
    field_class = forms.IntegerField
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    extra_fields = {
        "smallest": blocks.IntegerBlock(label=_("Minimum"), required=False),
        "largest": blocks.IntegerBlock(label=_("Maximum"), required=False),
    }

    def field_options(self, question: "Question") -> dict[str, object]:
        smallest, largest = question.settings.get("smallest"), question.settings.get("largest")
        return {
            "min_value": -(2**53) if smallest is None else smallest,
            "max_value": 2**53 if largest is None else largest,
            "error_messages": {"invalid": _("Enter a whole number, such as 12.")},
        }

    def exporter(self, question: "Question", language: str | None) -> Callable[[object], Cell]:
        return lambda stored: stored if stored is None or isinstance(stored, int | float) else str(stored)


class Date(QuestionType):
    """A day. Stored in ISO 8601."""

    name = "date"
    label = pgettext_lazy("type of question", "Date")
    icon = "date"
    missing_message = _("Enter a date.")
    field_class = forms.DateField
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def field_options(self, question: "Question") -> dict[str, object]:
        # Without a date picker, people write the date as usual in these languages.
        return {
            "input_formats": ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
            "error_messages": {"invalid": _("Enter a date, such as 24.12.2026.")},
        }

    def answer(self, question: "Question", cleaned: date) -> str:
        return cleaned.isoformat()

    def exporter(self, question: "Question", language: str | None) -> Callable[[object], Cell]:
        return lru_cache(maxsize=1000)(lambda stored: self.display(question, stored, language))

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        with translation.override(language or translation.get_language()):
            try:
                return format_day(date.fromisoformat(str(stored)))
            except (TypeError, ValueError):
                return str(stored)
