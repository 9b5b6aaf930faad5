from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

from verkosto.registrations.questions.types.base import QuestionType


class HeadingBlock(blocks.StructBlock):
    """A heading with an optional text below it."""

    label = blocks.CharBlock(label=_("Heading"), max_length=255)
    help_text = blocks.CharBlock(label=_("Text below"), required=False, max_length=500)

    class Meta:
        label_format = "{label}"


class Heading(QuestionType):
    """A heading among the questions."""

    name = "heading"
    label = _("Heading")
    icon = "title"
    takes_answer = False
    can_be_condition = False

    def block(self) -> blocks.StructBlock:
        return HeadingBlock(label=self.label, icon=self.icon)

    def settings(self, value: StructValue) -> dict[str, object]:
        return {}
