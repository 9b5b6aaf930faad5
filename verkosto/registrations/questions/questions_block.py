"""The block in which editors build a registration form."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import Block, StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError

from verkosto.registrations.questions.registry import get_question_type, question_types

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question


LIMITED_FOR_EACH = _(
    "Options with a limit are chosen for the whole registration. Remove the limits, or do not ask about each attendee."
)


def stored_questions(keys: list[str]) -> "dict[str, list[Question]]":
    """Return the desks' questions with these keys, by key. One query."""
    if not keys:
        return {}
    # The models are built on this module.
    model: type[Question] = apps.get_model("verkosto_registrations", "Question")  # app registry
    found: dict[str, list[Question]] = {}
    for question in model._base_manager.filter(key__in=keys):  # of the registration form and the feedback form
        found.setdefault(question.key, []).append(question)
    return found


class QuestionsBlock(blocks.StreamBlock):
    """A registration form: any number of questions of every registered type."""

    def __init__(self, local_blocks: Sequence[tuple[str, Block]] | None = None, **kwargs: Any) -> None:
        super().__init__([*self.own_blocks(), *(local_blocks or [])], **kwargs)

    def own_blocks(self) -> list[tuple[str, Block]]:
        """Return the blocks of the question types that the form may have, by name."""
        return [(name, kind.block()) for name, kind in question_types().items()]

    def clean(self, value: StreamValue) -> StreamValue:
        """Return the cleaned stream.

        A condition that can never be met, and limited options that each attendee would choose, are errors of their block.
        """
        cleaned = super().clean(value)
        # The possible answers of earlier questions, by label in every language: a condition names its question by the
        # original's label, also on a page that is no longer synchronised with its original.
        earlier: dict[str, set[str]] = {}
        stored = stored_questions([child.id for child in cleaned if child.id])
        errors: dict[int, ValidationError] = {}
        for position, child in enumerate(cleaned):
            if problem := self._condition_problem(child.value.get("shown_if") or {}, earlier):
                errors[position] = problem
            kind = get_question_type(child.block_type)
            if child.value.get("each_attendee") and any(
                option["capacity"] is not None for option in kind.choices(child.value)
            ):
                errors[position] = ValidationError(LIMITED_FOR_EACH)
            if not kind.can_be_condition:
                continue
            answers = kind.possible_answers(child.value)
            earlier.setdefault((child.value.get("label") or "").strip(), answers)
            for question in stored.get(child.id, ()):
                for language, label in question.labels.items():
                    earlier.setdefault(label.strip(), answers | kind.answers_in(question, language))
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    def _condition_problem(self, shown_if: Mapping[str, str], earlier: dict[str, set[str]]) -> ValidationError | None:
        """Return an error if a condition names no earlier question, or an answer that nobody can give."""
        wanted = (shown_if.get("question") or "").strip()
        if not wanted:
            return None
        if wanted not in earlier:
            return ValidationError(
                _("There is no earlier question “%(question)s”. Copy the text of the question exactly."),
                params={"question": wanted},
            )
        answers = [answer.strip() for answer in (shown_if.get("answers") or "").split(";") if answer.strip()]
        unknown = [answer for answer in answers if answer.casefold() not in earlier[wanted]]
        if not unknown:
            return None
        return ValidationError(
            _("“%(answer)s” is not an option of “%(question)s”. Copy the text of the option exactly."),
            params={"answer": unknown[0], "question": wanted},
        )

    class Meta:
        icon = "form"
        required = False
        block_counts = {"venue": {"max_num": 1}}
