from typing import Any

from django import forms

from verkosto.registrations.models import Question
from verkosto.registrations.questions.types.base import QuestionType


class Distance(QuestionType):
    """How far somebody travels. Stored as a whole number of kilometres."""

    name = "distance"
    label = "Distance"
    icon = "arrow-right-full"

    def form_field(self, question: Question, **kwargs: Any) -> forms.Field:
        return forms.IntegerField(min_value=0, max_value=40_000, **kwargs)

    def display(self, question: Question, stored: Any, language: str | None) -> str:
        return f"{stored} km"
