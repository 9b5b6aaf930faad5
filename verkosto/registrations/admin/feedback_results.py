"""The results of a desk's feedback, of all languages together: charts with tables, and free texts in random order."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from verkosto.registrations.admin.statistics import BarGroup, answer_bars
from verkosto.registrations.models import Desk, FeedbackAnswers, Question
from verkosto.registrations.questions.types.base import Cell

#: With fewer answers nothing is shown: who answered could be guessed.
FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class TextAnswers:
    """The answers to an open question."""

    title: str
    texts: list[str] = field(default_factory=list)


class FeedbackResults:
    """The feedback of one desk. Two queries, whatever the number of answers."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def number(self) -> int:
        """How many people have answered."""
        return len(self.rows)

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers to show them."""
        return self.number >= FEWEST

    @cached_property
    def questions(self) -> list[Question]:
        """The questions that take answers; of the retired ones those that were answered."""
        answered = {key for row in self.rows for key in row}
        questions = Question.feedback.filter(desk=self.desk).select_related("desk")
        taking = [question for question in questions if question.question_type.takes_answer]
        return [question for question in taking if not question.is_retired or question.key in answered]

    @cached_property
    def groups(self) -> list[BarGroup]:
        """The answers to closed questions as bars; [] where too few have answered."""
        return [self._bars(question) for question in self.questions if is_closed(question)] if self.is_shown else []

    @cached_property
    def texts(self) -> list[TextAnswers]:
        """The answers to open questions, each question's in an order of its own; [] where too few have answered."""
        if not self.is_shown:
            return []
        return [self._texts(question) for question in self.questions if not is_closed(question)]

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """The answers of each person, by question key."""
        return list(FeedbackAnswers.objects.filter(desk=self.desk).values_list("answers", flat=True))

    def _bars(self, question: Question) -> BarGroup:
        counter: Counter[str] = Counter()
        given = [row[question.key] for row in self.rows if question.key in row]
        for value in given:
            counter.update(question.question_type.chosen(question, value) or ["yes" if value else "no"])
        return answer_bars(question, counter, len(given))

    def _texts(self, question: Question) -> TextAnswers:
        texts = [question.display(row[question.key]) for row in self.rows if question.key in row]
        random.SystemRandom().shuffle(texts)
        return TextAnswers(title=question.label(), texts=texts)


class FeedbackTable:
    """The answers as rows of a spreadsheet, in random order."""

    def __init__(self, results: FeedbackResults) -> None:
        questions = results.questions
        self.header = [question.label() for question in questions]
        # Read at once: the file is written after the view has returned, in whichever language is active then.
        cells = [(question.key, question.question_type.exporter(question, None)) for question in questions]
        self._rows: list[list[Cell]] = [
            [cell(row[key]) if key in row else "" for key, cell in cells] for row in results.rows
        ]
        random.SystemRandom().shuffle(self._rows)

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows."""
        yield from self._rows


def is_closed(question: Question) -> bool:
    """Return whether the answers can be counted."""
    return question.question_type.has_choices or question.type == "yes_no"
