"""The form in which people give feedback. It asks for nothing but the answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from verkosto.registrations.forms.layout import FormLayout, field_name
from verkosto.registrations.models import Question
from verkosto.registrations.questions import conditions


class FeedbackForm(FormLayout):
    """The questions of a desk's feedback form. ``answers`` are those of a valid form, by question key, as stored."""

    use_required_attribute = False

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        self.questions = list(questions)
        self.questions_by_key = conditions.by_key(self.questions)
        super().__init__(*args, **kwargs)
        for question in self.questions:
            if question.question_type.takes_answer:
                self.fields[field_name(question)] = self._field(question)

    def _field(self, question: Question) -> forms.Field:
        field = question.question_type.form_field(
            question,
            label=question.label_html,
            help_text=question.help_text_html,
            # A conditional question is required only where it is asked.
            required=question.required and not question.shown_if_key,
        )
        field.error_messages["required"] = str(question.question_type.missing_message)
        return field

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        self.answers: dict[str, object] = {}
        for question in self.questions:
            name = field_name(question)
            if name not in self.fields:
                continue
            if not conditions.is_asked(question, self.answers, self.questions_by_key):
                self.errors.pop(name, None)
                continue
            value = cleaned.get(name)
            if value not in (None, "", []):
                self.answers[question.key] = question.question_type.answer(question, value)
            elif question.required and name not in self.errors:
                self.add_error(
                    name, forms.ValidationError(str(question.question_type.missing_message), code="required")
                )
        if not self.answers and not self.errors:
            self.add_error(None, forms.ValidationError(_("Answer at least one question.")))
        return cleaned
