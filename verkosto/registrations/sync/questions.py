"""From the blocks of a page's form to the questions of a desk."""

from typing import Any

from django.utils import timezone

from verkosto.registrations.models import Desk, Question
from verkosto.registrations.questions.registry import get_question_type


def questions_of(desk: Desk, original: Any, versions: list[Any]) -> list[Question]:
    """The form's questions in their order, not saved, with the words of every version that has them."""
    questions: list[Question] = []
    words = {version.locale.language_code: words_of(version) for version in versions}
    for position, block in enumerate(original.questions):
        question = Question(desk=desk, key=block.id, type=block.block_type, position=position)
        kind = get_question_type(block.block_type)
        question.required = bool(block.value.get("required"))
        question.sensitive = kind.sensitive
        question.settings = kind.settings(block.value)
        question.choice_rows = [
            {"key": choice["key"], "capacity": choice["capacity"], "labels": {}, "retired": False}
            for choice in kind.choices(block.value)
        ]
        for language, known in words.items():
            put_words(question, language, known.get(block.id))
        _put_condition(question, block.value.get("shown_if") or {}, questions, desk.original_language)
        questions.append(question)
    return questions


def project_questions(desk: Desk, original: Any, versions: list[Any]) -> None:
    """Bring the desk's questions in line with the form: new ones added, changed ones changed, missing ones retired."""
    existing = {question.key: question for question in desk.questions.all()}
    wanted = questions_of(desk, original, versions)
    for question in wanted:
        if old := existing.get(question.key):
            question.pk = old.pk
            keys = {row["key"] for row in question.choice_rows}
            question.choice_rows += [{**row, "retired": True} for row in old.choice_rows if row["key"] not in keys]
        question.save()
    retired = set(existing) - {question.key for question in wanted}
    desk.questions.filter(key__in=retired, retired_at__isnull=True).update(retired_at=timezone.now())


def relabel_questions(desk: Desk, version: Any) -> None:
    """Take over the words of one language version."""
    known = words_of(version)
    for question in desk.questions.all():
        if question.key in known:
            put_words(question, version.locale.language_code, known[question.key])
            question.save(update_fields=["labels", "help_texts", "reasons", "choice_rows"])


def words_of(version: Any) -> dict[str, dict[str, Any]]:
    """A version's words by question key."""
    return {
        block.id: {
            "label": block.value.get("label") or "",
            "help": block.value.get("help_text") or "",
            "reason": block.value.get("reason") or "",
            "choices": {
                choice["key"]: choice["label"] for choice in get_question_type(block.block_type).choices(block.value)
            },
        }
        for block in version.questions
    }


def put_words(question: Question, language: str, words: dict[str, Any] | None) -> None:
    """Write one language's words on a question."""
    if words is None:
        return
    question.labels = {**question.labels, language: words["label"]}
    question.help_texts = {**question.help_texts, language: words["help"]}
    question.reasons = {**question.reasons, language: words["reason"]}
    for row in question.choice_rows:
        if row["key"] in words["choices"]:
            row["labels"] = {**row["labels"], language: words["choices"][row["key"]]}


def _put_condition(question: Question, shown_if: Any, earlier: list[Question], language: str) -> None:
    """Turn the editor's words ("shown if question … is answered …") into keys."""
    wording = (shown_if.get("question") or "").strip()
    source = next((other for other in earlier if other.labels.get(language, "").strip() == wording), None)
    if not wording or source is None:
        return
    question.shown_if_key = source.key
    answers = [answer.strip() for answer in (shown_if.get("answers") or "").split(";") if answer.strip()]
    question.shown_if_values = [source.question_type.value_of(source, answer, language) for answer in answers]
