"""The conditions on which questions are asked. The server decides; scripts in the browser only hide fields."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.html import format_html_join

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question


def is_asked(question: "Question", answers: dict[str, object], known: "Mapping[str, Question]") -> bool:
    """Return whether a question is asked of somebody who gave these answers. ``known`` has all questions by key."""
    source = known.get(question.shown_if_key)
    if not question.shown_if_key or source is None:
        return True
    stored = answers.get(source.key)
    if stored in (None, "", []):
        return False
    if not question.shown_if_values:
        return True
    # The chosen options of a choice; the answer itself of any other type.
    given: list[object] = list(source.question_type.chosen(source, stored)) or [stored]
    return any(value in question.shown_if_values for value in given)


def asked_keys(questions: "Iterable[Question]", answers: dict[str, object]) -> set[str]:
    """Return the keys of the questions that are asked of somebody with these answers."""
    listed = list(questions)
    known, asked = by_key(listed), set()
    given: dict[str, object] = {}
    for question in listed:
        if is_asked(question, given, known):
            asked.add(question.key)
            given[question.key] = answers.get(question.key)
    return asked


def description(question: "Question", known: "Mapping[str, Question]") -> tuple[str, str] | None:
    """Return the condition of a question for a page: (label of the other question, its answers); None if always asked."""
    source = known.get(question.shown_if_key)
    if source is None:
        return None
    show = source.choice_label_html if source.question_type.has_choices else source.display_html
    answers = [(show(value),) for value in question.shown_if_values if value not in ("", None)]
    return source.label_html, format_html_join(", ", "{}", answers)


def browser_condition(
    question: "Question", known: "Mapping[str, Question]", guest: int | None = None
) -> dict[str, object] | None:
    """Return the condition of a question for the browser: {"name", "values"} of the other field; None if always asked.

    An empty list of values means any answer. ``guest`` is the number of the guest about whom the question is asked.
    """
    source = known.get(question.shown_if_key)
    if source is None:
        return None
    values = [source.question_type.initial(source, value) for value in question.shown_if_values]
    of_guest = f"guest-{guest}-" if guest and source.each_attendee else ""
    return {"name": f"{of_guest}q-{source.key}", "values": values}


def by_key(questions: "Iterable[Question]") -> "dict[str, Question]":
    """Return the questions by key."""
    return {question.key: question for question in questions}
