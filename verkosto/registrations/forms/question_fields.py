"""The form field of a question, and the answer in it as it is stored."""

from collections.abc import Collection
from typing import Any

from django import forms

from verkosto.registrations.forms.layout import FullOptionsMixin
from verkosto.registrations.models import Question
from verkosto.registrations.models.encrypted_answers import UnreadableAnswer


def question_field(
    question: Question,
    *,
    stored: object = None,
    full: Collection[str] = (),
    takes_waiting: bool = False,
    **kwargs: Any,
) -> forms.Field:
    """Return the field of a question for somebody with a stored answer; None for none.

    ``full`` are the keys of the options without places left: they are disabled, except those that are stored, unless the
    waiting list takes those who choose them (``takes_waiting``). ``kwargs`` has label, help_text and required.
    """
    if isinstance(stored, UnreadableAnswer):
        stored, kwargs["required"] = None, False
    field: Any = question.question_type.form_field(question, **kwargs)
    field.error_messages["required"] = question.question_type.missing_message
    chosen_before: list[str] = []
    if stored is not None:
        chosen_before = question.question_type.chosen(question, stored)
        question.question_type.show_stored(field, question, stored)
        # The file of a required question can be replaced but not removed.
        field.widget.is_required = question.required
    marked = set(full) - set(chosen_before)
    if marked and hasattr(field.widget, "create_option"):
        base = type(field.widget)
        options = {"full": marked, "takes_waiting": takes_waiting}
        widget_class = type(f"{base.__name__}WithFullOptions", (FullOptionsMixin, base), options)
        field.widget = widget_class(choices=field.choices)
    return field


def initial_value(question: Question, stored: object) -> object:
    """Return what a field shows of a stored answer; None for one whose key is missing, which stays if nothing is entered."""
    return None if isinstance(stored, UnreadableAnswer) else question.question_type.initial(question, stored)


def answer_in(question: Question, value: Any, *, stored: object, is_changed: bool) -> object:
    """Return the answer in a field as it is stored; None if the field is empty. An unchanged answer stays as it is."""
    if stored is not None and not is_changed:
        return stored
    if value in (None, "", []) or (question.question_type.takes_file and not value):
        return None
    if question.question_type.takes_file:
        return {"name": value.name, "size": value.size}
    return question.question_type.answer(question, value)
