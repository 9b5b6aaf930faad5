from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue
from wagtail.coreutils import get_content_languages

from verkosto.core.html import in_interface_language
from verkosto.registrations.questions.blocks import ChoiceBlock
from verkosto.registrations.questions.types.base import Cell, QuestionType

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question


class Choice(QuestionType):
    """One of several options. Stored as its key."""

    name = "choice"
    label = _("Choice: one of several")
    icon = "radio-full"
    missing_message = _("Choose an option.")
    has_choices = True
    extra_fields = {"choices": blocks.ListBlock(ChoiceBlock(), label=_("Options"), min_num=1)}

    def options(self, question: "Question") -> list[tuple[str, str]]:
        kept = [choice.key for choice in question.choices if not choice.retired]
        return [(key, question.choice_label_html(key)) for key in kept]

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return forms.ChoiceField(widget=forms.RadioSelect, choices=self.options(question), **kwargs)

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        return question.choice_label(str(stored), language)

    def display_html(self, question: "Question", stored: object) -> str:
        return format_html_join(
            ", ", "{}", ((question.choice_label_html(key),) for key in self.chosen(question, stored))
        )

    def exporter(self, question: "Question", language: str | None) -> Callable[[object], Cell]:
        labels = {choice.key: question.choice_label(choice.key, language) for choice in question.choices}

        def cell(stored: object) -> str:
            if isinstance(stored, list):
                return ", ".join([labels.get(key, str(key)) for key in stored])
            return labels.get(str(stored), str(stored))

        return cell

    def possible_answers(self, value: StructValue) -> set[str]:
        return {(child.value.get("label") or "").strip().casefold() for child in value["choices"].bound_blocks}

    def answers_in(self, question: "Question", language: str) -> set[str]:
        return {choice.labels.get(language, "").strip().casefold() for choice in question.choices}

    def stored_value(self, question: "Question", text: str, language: str) -> str:
        wanted = text.casefold()
        labels = {choice.labels.get(language, "").strip().casefold(): choice.key for choice in question.choices}
        return labels.get(wanted, text)

    def chosen(self, question: "Question", stored: object) -> list[str]:
        return [stored] if isinstance(stored, str) and stored else []


class SeveralChoices(Choice):
    """Any number of options. Stored as a list of their keys."""

    name = "several_choices"
    label = _("Choice: any number")
    icon = "tick-inverse"
    missing_message = _("Choose at least one option.")

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=self.options(question), **kwargs)

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        return ", ".join(question.choice_label(key, language) for key in self.chosen(question, stored))

    def chosen(self, question: "Question", stored: object) -> list[str]:
        return list(stored) if isinstance(stored, list) else []


class YesNo(QuestionType):
    """Yes or no. Stored as true or false; “no” answers a required question too."""

    name = "yes_no"
    label = _("Yes or no")
    icon = "check"
    missing_message = _("Choose yes or no.")

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return forms.TypedChoiceField(
            widget=forms.RadioSelect,
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def exporter(self, question: "Question", language: str | None) -> Callable[[object], Cell]:
        answers = {stored: self.display(question, stored, language) for stored in (True, False)}
        return lambda stored: answers[bool(stored)]

    def initial(self, question: "Question", stored: object) -> str:
        if stored is True:
            return "yes"
        return "no" if stored is False else ""

    def possible_answers(self, value: StructValue) -> set[str]:
        return in_every_language(_("Yes")) | in_every_language(_("No"))

    def stored_value(self, question: "Question", text: str, language: str) -> bool:
        return text.casefold() in in_every_language(_("Yes"))

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        with translation.override(language or translation.get_language()):
            return gettext("Yes") if stored else gettext("No")

    def display_html(self, question: "Question", stored: object) -> str:
        return str(in_interface_language(_("Yes") if stored else _("No")))


def in_every_language(text: str | Promise) -> set[str]:
    """Return the translations of a text in lower case: in English and in every language of the content."""
    found = set()
    for language in ("en", *get_content_languages()):
        with translation.override(language):
            found.add(str(text).casefold())
    return found
