"""The questions of the registration form of a network, group or round, and what people have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from network_pages.enums import APPLIED
from verkosto.registrations.admin.filters import answer_choices, readable_questions
from verkosto.registrations.models import Desk, Question, Registration

Answers = Mapping[str, Mapping[str, frozenset[str]]]


def questions_of(translation_key: UUID) -> list[Question]:
    """Return the questions of a page's form, with retired ones, without those whose answers are sensitive. Two queries."""
    desk = Desk.objects.filter(translation_key=translation_key).first()
    return readable_questions(desk, sensitive=False) if desk else []


def closed_questions(translation_key: UUID) -> dict[str, Question]:
    """Return the questions with options to choose from, yes or no among them, by their key. Two queries."""
    return {question.key: question for question in questions_of(translation_key) if answer_choices(question)}


def choices_of_people(translation_key: UUID, questions: Sequence[Question], emails: Sequence[str]) -> Answers:
    """Return what people have chosen: {address: {key of the question: keys of options}}. One query.

    Who has registered twice is taken at their word of the last time.
    """
    rows = Registration.objects.filter(
        desk__translation_key=translation_key, status__in=APPLIED, purged_at=None, email__in=emails
    )
    return {
        email: {question.key: _chosen(question, answers.get(question.key)) for question in questions}
        for email, answers in rows.order_by("created_at", "pk").values_list("email", "answers")
    }


def _chosen(question: Question, stored: object) -> frozenset[str]:
    if isinstance(stored, bool):
        return frozenset(["yes" if stored else "no"])
    return frozenset(question.question_type.chosen(question, stored))
