from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.coreutils import get_content_languages

from verkosto.registrations.questions.blocks import ChoiceBlock
from verkosto.registrations.questions.types.base import QuestionType

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question


class Choice(QuestionType):
    name = "choice"
    label = _("Choice: one of several")
    icon = "radio-full"
    has_choices = True
    extra_fields = {"choices": blocks.ListBlock(ChoiceBlock(), label=_("Options"), min_num=1)}

    def options(self, question: "Question") -> list[tuple[str, str]]:
        kept = [choice.key for choice in question.choices if not choice.retired]
        return [(key, question.choice_label_html(key)) for key in kept]

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return forms.ChoiceField(widget=forms.RadioSelect, choices=self.options(question), **kwargs)

    def display(self, question: "Question", stored: Any, language: str | None) -> str:
        return question.choice_label(str(stored), language)

    def possible_answers(self, value: Any) -> set[str]:
        return {(child.value.get("label") or "").strip().casefold() for child in value["choices"].bound_blocks}

    def answers_in(self, question: "Question", language: str) -> set[str]:
        return {choice.labels.get(language, "").strip().casefold() for choice in question.choices}

    def value_of(self, question: "Question", words: str, language: str) -> str:
        wanted = words.casefold()
        labels = {choice.labels.get(language, "").strip().casefold(): choice.key for choice in question.choices}
        return labels.get(wanted, words)

    def chosen(self, question: "Question", stored: Any) -> list[str]:
        return [stored] if isinstance(stored, str) and stored else []


class SeveralChoices(Choice):
    name = "several_choices"
    label = _("Choice: any number")
    icon = "tick-inverse"

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=self.options(question), **kwargs)

    def display(self, question: "Question", stored: Any, language: str | None) -> str:
        return ", ".join(question.choice_label(key, language) for key in self.chosen(question, stored))

    def chosen(self, question: "Question", stored: Any) -> list[str]:
        return list(stored) if isinstance(stored, list) else []


class YesNo(QuestionType):
    """Stored as true or false. A required one must be answered, not agreed to."""

    name = "yes_no"
    label = _("Yes or no")
    icon = "check"

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return forms.TypedChoiceField(
            widget=forms.RadioSelect,
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def initial(self, question: "Question", stored: Any) -> str:
        return {True: "yes", False: "no"}.get(stored, "")

    def possible_answers(self, value: Any) -> set[str]:
        return in_every_language(_("Yes")) | in_every_language(_("No"))

    def value_of(self, question: "Question", words: str, language: str) -> bool:
        return words.casefold() in in_every_language(_("Yes"))

    def display(self, question: "Question", stored: Any, language: str | None) -> str:
        with translation.override(language or translation.get_language()):
            return gettext("Yes") if stored else gettext("No")


def in_every_language(words: Any) -> set[str]:
    """Words of ours in lower case, in English and in every language of the content."""
    found = set()
    for language in ("en", *get_content_languages()):
        with translation.override(language):
            found.add(str(words).casefold())
    return found
