"""The block in which editors build a feedback form: the questions of the registration form that ask nothing personal."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from verkosto.registrations.questions.blocks import QuestionBlock
from verkosto.registrations.questions.questions_block import QuestionsBlock
from verkosto.registrations.questions.registry import question_types
from verkosto.registrations.questions.types.base import QuestionType


class FeedbackChoiceBlock(blocks.StructBlock):
    """One option of a choice. It has no places."""

    label = blocks.CharBlock(label=_("Option"), max_length=255)

    class Meta:
        icon = "list-ul"
        label = _("Option")
        label_format = "{label}"


class FeedbackQuestionBlock(QuestionBlock):
    """The fields of every feedback question."""

    required = blocks.BooleanBlock(
        label=_("Required"), required=False, help_text=_("People must answer this question to send their feedback.")
    )
    # Nothing personal is asked, so that nothing has to be explained.
    reason = None
    # Whoever took part answers for themselves.
    each_attendee = None


def feedback_types() -> dict[str, QuestionType]:
    """Return the question types that ask nothing personal, by name."""
    return {name: kind for name, kind in question_types().items() if not kind.is_personal}


def feedback_block(kind: QuestionType) -> blocks.StructBlock:
    """Return the block of a question type for a feedback form."""
    fields: dict[str, Any] = dict(kind.extra_fields)
    if kind.has_choices:
        fields["choices"] = blocks.ListBlock(FeedbackChoiceBlock(), label=_("Options"), min_num=1)
    return type(f"{kind.name.title()}FeedbackBlock", (FeedbackQuestionBlock,), fields)(
        label=kind.label, icon=kind.icon
    )


class FeedbackQuestionsBlock(QuestionsBlock):
    """A feedback form: any number of questions that ask nothing personal."""

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [(name, feedback_block(kind)) for name, kind in feedback_types().items()]

    class Meta:
        icon = "form"
        required = False
        block_counts: dict[str, dict[str, int]] = {}
