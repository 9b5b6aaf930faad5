from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, cast

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

from verkosto.core.form_fields import LineField
from verkosto.registrations.questions.blocks import QuestionBlock

if TYPE_CHECKING:
    from verkosto.registrations.models import Question


#: A cell of an export: text, a number, or nothing.
Cell: TypeAlias = str | int | float | None


class ChoiceData(TypedDict):
    """One option of a question, as its block has it. ``capacity`` is in places; None for no limit."""

    key: str
    label: str
    capacity: int | None


class QuestionType:
    """One kind of question: its block in the page editor, its field in the form, and the display of its answers.

    An installed app adds one by returning an instance from the Wagtail hook ``register_verkosto_question_types``.
    Answers are JSON and language-neutral: a choice is stored by its key, a date in ISO 8601.
    """

    name = "text"
    label: str | Promise = _("Text")
    icon = "pilcrow"
    # The block's own fields besides those of every question: {name: Block}. Their values go to ``Question.settings``.
    extra_fields: dict[str, blocks.Block] = {}
    takes_answer = True
    # Whether later questions may depend on its answer.
    can_be_condition = True
    has_choices = False
    # Whether people can join the waiting list for an option whose places are taken.
    waits_when_full = False
    # Whether the answer is a file, kept as an ``AnswerFile`` and stored as {"name", "size"}.
    takes_file = False
    # Whether it can be asked about each guest too.
    can_ask_each = True
    # Whether its answers are stored in ``SensitiveAnswers``, with a permission and a retention time of their own.
    sensitive = False
    # Whether its answers name or describe a person. A feedback form, which is anonymous, does not offer it.
    is_personal = False
    widget: forms.Widget | type[forms.Widget] = forms.TextInput
    field_class: Callable[..., forms.Field] = LineField
    autocomplete = ""
    # What to do about a required question without an answer.
    missing_message: str | Promise = _("Enter an answer.")

    def block(self) -> blocks.StructBlock:
        """Return the block that an editor adds to a form."""
        fields: dict[str, Any] = dict(self.extra_fields)
        if not self.can_ask_each:
            fields["each_attendee"] = None
        return type(f"{self.name.title()}Block", (QuestionBlock,), fields)(label=self.label, icon=self.icon)

    def settings(self, value: StructValue) -> dict[str, object]:
        """Return the values of ``extra_fields`` that the form needs, as JSON, for ``Question.settings``."""
        return {name: value.get(name) for name in self.extra_fields if name != "choices"}

    def choices(self, value: StructValue) -> list[ChoiceData]:
        """Return the block's options: [{"key", "label", "capacity"}]."""
        if not self.has_choices:
            return []
        return [
            {"key": child.id, "label": child.value["label"], "capacity": child.value.get("capacity")}
            for child in value["choices"].bound_blocks
        ]

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        """Return the form's field. ``kwargs`` has label, help_text and required."""
        field = self.field_class(widget=self.widget, **self.field_options(question), **kwargs)
        if self.autocomplete:
            field.widget.attrs["autocomplete"] = self.autocomplete
        return field

    def field_options(self, question: "Question") -> dict[str, object]:
        """Return the arguments of ``field_class`` besides label, help text and required."""
        return {"max_length": 1000}

    def show_stored(self, field: forms.Field, question: "Question", stored: object) -> None:
        """Prepare the form's field for an answer that is already stored: add chosen options that are no longer offered."""
        if not isinstance(field, forms.ChoiceField):
            return
        initial, offered = self.initial(question, stored), cast("Iterable[Any]", field.choices)
        is_several = isinstance(initial, list)
        kept = []
        for value in initial if isinstance(initial, list) else [initial]:
            if value not in (None, "") and not field.valid_value(value):
                label = self.display_html(question, [value] if is_several else stored)
                retired = gettext("%(choice)s (no longer offered)").replace("%(choice)s", "{}")
                kept.append((value, format_html(retired, label)))
        field.choices = [*offered, *kept]

    def answer(self, question: "Question", cleaned: Any) -> object:
        """Return the cleaned value as it is stored: language-neutral JSON."""
        return cleaned

    def initial(self, question: "Question", stored: object) -> object:
        """Return a stored answer as the initial value of the form's field."""
        return stored

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        """Return a stored answer as people read it."""
        return str(stored)

    def display_html(self, question: "Question", stored: object) -> str:
        """Return a stored answer for a page in the active language: text, or HTML that marks what is in another."""
        return self.display(question, stored, None)

    def exporter(self, question: "Question", language: str | None) -> Callable[[object], Cell]:
        """Return a function that turns a stored answer into the cell of an export, a text or a number.

        Override it where ``display`` would look up the same values again for each row.
        """
        if type(self).display is QuestionType.display:
            return str
        return lambda stored: self.display(question, stored, language)

    def chosen(self, question: "Question", stored: object) -> list[str]:
        """Return the keys of the options that an answer has chosen; [] for other types of questions."""
        return []

    def possible_answers(self, value: StructValue) -> set[str]:
        """Return the answers that a condition on a question's block can name, in lower case; empty for any answer."""
        return set()

    def answers_in(self, question: "Question", language: str) -> set[str]:
        """Return the answers that a condition on a stored question can name in a language, in lower case."""
        return set()

    def stored_value(self, question: "Question", text: str, language: str) -> object:
        """Return the answer, as it is stored, for its text in a condition."""
        return text
