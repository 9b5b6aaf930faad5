from collections.abc import Sequence
from typing import Any

from wagtail.blocks import Block
from wagtail.fields import StreamField

from verkosto.registrations.questions.feedback_blocks import FeedbackQuestionsBlock
from verkosto.registrations.questions.questions_block import QuestionsBlock


class QuestionsField(StreamField):
    """A registration form's questions.

    Migrations leave its block types out, so that a plugin can add a question type without one.
    """

    block_class: type[QuestionsBlock] = QuestionsBlock

    def __init__(self, block_types: Sequence[tuple[str, Block]] | None = None, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(self.block_class, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [[]], kwargs


class FeedbackQuestionsField(QuestionsField):
    """A feedback form's questions."""

    block_class = FeedbackQuestionsBlock
