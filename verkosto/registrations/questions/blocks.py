"""The blocks that question types are built from. A block's id is its question's key, in every language."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue


class FactCharBlock(blocks.CharBlock):
    """A line of text that wagtail-localize copies from the original instead of having it translated."""

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        return []

    def restore_translated_segments(self, value: str, segments: list[StringSegmentValue]) -> str:
        return value


class ShownIfBlock(blocks.StructBlock):
    """The condition on which a question is asked, by labels of the original. Not translated."""

    question = FactCharBlock(
        label=_("Question"),
        required=False,
        max_length=255,
        help_text=_("The text of an earlier choice or yes/no question, exactly as you wrote it above."),
    )
    answers = FactCharBlock(
        label=_("Answers"),
        required=False,
        max_length=500,
        help_text=_("The answers that show this question, separated by semicolons. If left empty, any answer."),
    )

    class Meta:
        icon = "view"
        label = _("Shown only if")
        label_format = "{question}"
        collapsed = True

    def get_translatable_segments(self, value: object) -> list[StringSegmentValue]:
        return []

    def restore_translated_segments(self, value: object, segments: list[StringSegmentValue]) -> object:
        return value


class ChoiceBlock(blocks.StructBlock):
    """One option of a choice, with its own limit of places."""

    label = blocks.CharBlock(label=_("Option"), max_length=255)
    capacity = blocks.IntegerBlock(
        label=_("Places"),
        required=False,
        min_value=0,
        help_text=_(
            "When this many people have chosen the option, it is shown as full. If left empty, there is no limit."
        ),
    )

    class Meta:
        icon = "list-ul"
        label = _("Option")
        label_format = "{label}"
        form_classname = "struct-block choice-block"


class QuestionBlock(blocks.StructBlock):
    """The fields of every question. A question type adds its own."""

    label = blocks.CharBlock(label=_("Question"), max_length=255)
    help_text = blocks.CharBlock(
        label=_("Help text"), required=False, max_length=500, help_text=_("Shown under the question.")
    )
    reason = blocks.CharBlock(
        label=_("Why you need this"),
        required=False,
        max_length=500,
        help_text=_("Explain why you need this. People are more likely to answer when they know the reason."),
    )
    required = blocks.BooleanBlock(
        label=_("Required"), required=False, help_text=_("People must answer this question to register.")
    )
    each_attendee = blocks.BooleanBlock(
        label=_("Ask about each attendee"),
        required=False,
        help_text=_("Asked of the person who registers, and again about each guest that they bring."),
    )
    shown_if = ShownIfBlock(label=_("Shown only if"), required=False)

    class Meta:
        icon = "help"
        label_format = "{label}"
