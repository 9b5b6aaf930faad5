"""Which questions are asked, given the answers to earlier ones. The server decides; scripts only hide."""

from collections.abc import Iterable
from typing import Any

from verkosto.registrations.models import Question


def is_asked(question: Question, answers: dict[str, Any], known: dict[str, Question]) -> bool:
    """Whether a question is asked of somebody who gave these answers to earlier questions."""
    source = known.get(question.shown_if_key)
    if not question.shown_if_key or source is None:
        return True
    stored = answers.get(source.key)
    if stored in (None, "", []):
        return False
    if not question.shown_if_values:
        return True
    given = source.question_type.chosen(source, stored) or [stored]
    return any(value in question.shown_if_values for value in given)


def in_words(question: Question, known: dict[str, Question], language: str) -> tuple[str, str] | None:
    """(question, answers) that bring a question out, in a language; None for one that is always asked."""
    source = known.get(question.shown_if_key)
    if source is None:
        return None
    words = [source.display(value, language) for value in question.shown_if_values if value not in ("", None)]
    return source.label(language), ", ".join(words)


def in_form(question: Question, known: dict[str, Question]) -> dict[str, Any] | None:
    """{"name", "values"} of the field that brings a question out, as a browser sends them; no values: any answer."""
    source = known.get(question.shown_if_key)
    if source is None:
        return None
    values = [source.question_type.initial(source, value) for value in question.shown_if_values]
    return {"name": f"q-{source.key}", "values": values}


def by_key(questions: Iterable[Question]) -> dict[str, Question]:
    return {question.key: question for question in questions}
