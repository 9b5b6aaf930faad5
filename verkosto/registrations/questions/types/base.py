from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from verkosto.registrations.questions.blocks import QuestionBlock

if TYPE_CHECKING:
    from verkosto.registrations.models import Question


class QuestionType:
    """One kind of question: its block in the page editor, its field in the form, its answer in words.

    An installed app adds one by returning an instance from the Wagtail hook ``register_verkosto_question_types``.
    Answers are JSON and language-neutral: a choice is stored by its key, a date in ISO 8601.
    """

    name = "text"
    label: Any = _("Text")
    icon = "pilcrow"
    # The block's own fields beside those of every question: {name: Block}. Their values go to ``Question.settings``.
    extra_fields: dict[str, blocks.Block] = {}
    takes_answer = True
    # Whether later questions can be shown by its answer.
    can_be_condition = True
    has_choices = False
    # Kept apart, with its own permission and retention.
    sensitive = False
    widget: Any = forms.TextInput
    field_class: Any = forms.CharField
    autocomplete = ""

    def block(self) -> blocks.StructBlock:
        """The block an editor adds to a form."""
        return type(f"{self.name.title()}Block", (QuestionBlock,), dict(self.extra_fields))(
            label=self.label, icon=self.icon
        )

    def settings(self, value: Any) -> dict[str, Any]:
        """What the form needs of the block's own fields, as JSON."""
        return {name: value.get(name) for name in self.extra_fields if name not in ("choices",)}

    def choices(self, value: Any) -> list[dict[str, Any]]:
        """The block's alternatives: [{"key", "label", "capacity"}]."""
        if not self.has_choices:
            return []
        return [
            {"key": child.id, "label": child.value["label"], "capacity": child.value.get("capacity")}
            for child in value["choices"].bound_blocks
        ]

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        """The form's field. ``kwargs`` has label, help_text and required."""
        field = self.field_class(widget=self.widget, **self.field_options(question), **kwargs)
        if self.autocomplete:
            field.widget.attrs["autocomplete"] = self.autocomplete
        return field

    def field_options(self, question: "Question") -> dict[str, Any]:
        return {"max_length": 1000}

    def answer(self, question: "Question", cleaned: Any) -> Any:
        """The cleaned value as it is stored: JSON, without words of any language."""
        return cleaned

    def initial(self, question: "Question", stored: Any) -> Any:
        """The stored answer as the form's field takes it."""
        return stored

    def display(self, question: "Question", stored: Any, language: str | None) -> str:
        """A stored answer in words."""
        return str(stored)

    def chosen(self, question: "Question", stored: Any) -> list[str]:
        """The keys of the choices in an answer."""
        return []

    def possible_answers(self, value: Any) -> set[str]:
        """The answers, in lower case, that a condition can name of a question's block; none: only that it is answered."""
        return set()

    def answers_in(self, question: "Question", language: str) -> set[str]:
        """The same of a stored question, in one of its languages."""
        return set()

    def value_of(self, question: "Question", words: str, language: str) -> Any:
        """The stored value that an editor means by an answer's words, for conditions."""
        return words
