"""The copying of questions from the blocks of a page's form to its desk."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.utils import timezone
from wagtail.models import Page

from verkosto.core.text import clean_line
from verkosto.registrations.enums import QuestionPurpose
from verkosto.registrations.models import Desk, Question
from verkosto.registrations.questions.registry import get_question_type


class QuestionTexts(TypedDict):
    """A question's texts in one language; ``choices`` are the labels of its options by key."""

    label: str
    help: str
    reason: str
    choices: dict[str, str]


def build_questions(
    desk: Desk, original: Page, versions: list[Page], purpose: QuestionPurpose = QuestionPurpose.REGISTRATION
) -> list[Question]:
    """Return a form's questions in their order, not saved, with the texts of every version that has them."""
    questions: list[Question] = []
    texts = {version.locale.language_code: texts_of(version, purpose) for version in versions}
    for position, block in enumerate(_blocks(original, purpose)):
        question = Question(desk=desk, key=block.id, type=block.block_type, position=position, purpose=purpose)
        kind = get_question_type(block.block_type)
        question.required = bool(block.value.get("required"))
        question.sensitive = kind.sensitive
        question.each_attendee = kind.can_ask_each and bool(block.value.get("each_attendee"))
        question.settings = kind.settings(block.value)
        question.choice_rows = [
            {"key": choice["key"], "capacity": choice["capacity"], "labels": {}, "retired": False}
            for choice in kind.choices(block.value)
        ]
        for language, known in texts.items():
            set_texts(question, language, known.get(block.id))
        _set_condition(question, block.value.get("shown_if") or {}, questions, desk.original_language)
        questions.append(question)
    return questions


def sync_questions(desk: Desk, original: Page, versions: list[Page]) -> None:
    """Update the desk's questions from its forms: add new ones, change changed ones, retire missing ones."""
    for purpose in QuestionPurpose:
        _sync_form(desk, original, versions, purpose)


def _sync_form(desk: Desk, original: Page, versions: list[Page], purpose: QuestionPurpose) -> None:
    known = Question._base_manager.filter(desk=desk, purpose=purpose)
    existing = {question.key: question for question in known}
    wanted = build_questions(desk, original, versions, purpose)
    for question in wanted:
        if old := existing.get(question.key):
            question.pk = old.pk
            keys = {row["key"] for row in question.choice_rows}
            question.choice_rows += [{**row, "retired": True} for row in old.choice_rows if row["key"] not in keys]
        question.save()
    retired = set(existing) - {question.key for question in wanted}
    known.filter(key__in=retired, retired_at__isnull=True).update(retired_at=timezone.now())


def sync_labels(desk: Desk, version: Page) -> None:
    """Set the labels of one language version."""
    known = {key: texts for purpose in QuestionPurpose for key, texts in texts_of(version, purpose).items()}
    for question in Question._base_manager.filter(desk=desk):
        if question.key in known:
            set_texts(question, version.locale.language_code, known[question.key])
            question.save(update_fields=["labels", "help_texts", "reasons", "choice_rows"])


def _blocks(page: Page, purpose: QuestionPurpose) -> Iterable[Any]:
    """Return the blocks of a page's form."""
    return page.feedback_questions if purpose == QuestionPurpose.FEEDBACK else page.questions


def texts_of(version: Page, purpose: QuestionPurpose) -> dict[str, QuestionTexts]:
    """Return a version's texts of a form by question key."""
    return {
        block.id: {
            "label": clean_line(block.value.get("label") or ""),
            "help": block.value.get("help_text") or "",
            "reason": block.value.get("reason") or "",
            "choices": {
                choice["key"]: clean_line(choice["label"])
                for choice in get_question_type(block.block_type).choices(block.value)
            },
        }
        for block in _blocks(version, purpose)
    }


def set_texts(question: Question, language: str, texts: QuestionTexts | None) -> None:
    """Set one language's texts on a question."""
    if texts is None:
        return
    question.labels = {**question.labels, language: texts["label"]}
    question.help_texts = {**question.help_texts, language: texts["help"]}
    question.reasons = {**question.reasons, language: texts["reason"]}
    for row in question.choice_rows:
        if row["key"] in texts["choices"]:
            row["labels"] = {**row["labels"], language: texts["choices"][row["key"]]}


def _set_condition(question: Question, shown_if: Mapping[str, str], earlier: list[Question], language: str) -> None:
    """Set the condition that the editor wrote in labels ("shown if question … is answered …"), as keys."""
    label = (shown_if.get("question") or "").strip()
    source = next((other for other in earlier if other.labels.get(language, "").strip() == label), None)
    if not label or source is None:
        return
    question.shown_if_key = source.key
    answers = [answer.strip() for answer in (shown_if.get("answers") or "").split(";") if answer.strip()]
    question.shown_if_values = [source.question_type.stored_value(source, answer, language) for answer in answers]
