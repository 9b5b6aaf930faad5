"""The blocks an editor builds a registration form from. A block's id is its question's key, in every language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.blocks.stream_block import StreamBlockValidationError

from verkosto.core.locales import foreign_language


class FactCharBlock(blocks.CharBlock):
    """A line that is no words for translators: wagtail-localize copies it from the original."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value


class ShownIfBlock(blocks.StructBlock):
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

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


class ChoiceBlock(blocks.StructBlock):
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
    """What every question has. A question type adds its own fields."""

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
    shown_if = ShownIfBlock(label=_("Shown only if"), required=False)

    class Meta:
        icon = "help"
        label_format = "{label}"


def questions_of_desks(keys: list[str]) -> dict[str, list[Any]]:
    """The stored questions with these keys, by key. One query."""
    from verkosto.registrations.models import Question  # the models are built on this module

    found: dict[str, list[Any]] = {}
    for question in Question.objects.filter(key__in=keys) if keys else ():
        found.setdefault(question.key, []).append(question)
    return found


class QuestionsBlock(blocks.StreamBlock):
    """All registered question types: ours, and those of installed apps through the hook ``register_question_types``."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        # question_types defines its blocks upon this module's.
        from verkosto.registrations.questions.types import question_types

        own = [(name, kind.block()) for name, kind in question_types().items()]
        super().__init__([*own, *(local_blocks or [])], **kwargs)

    def clean(self, value: Any) -> Any:
        """The cleaned stream; a condition that names no earlier question is an error beside its field."""
        from verkosto.registrations.questions.types import get_question_type  # as above

        cleaned = super().clean(value)
        # What stands before, by its wording: a condition keeps the original's, also on a page that left its original.
        earlier: dict[str, set[str]] = {}
        stored = questions_of_desks([child.id for child in cleaned if child.id])
        errors: dict[int, ValidationError] = {}
        for position, child in enumerate(cleaned):
            if problem := self._condition_problem(child.value.get("shown_if") or {}, earlier):
                errors[position] = problem
            kind = get_question_type(child.block_type)
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

    def _condition_problem(self, shown_if: Any, earlier: dict[str, set[str]]) -> ValidationError | None:
        """Why a question would never be asked: its condition names no earlier question, or an answer nobody can give."""
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


class RegistrationFormValue(blocks.StructValue):
    @cached_property
    def page(self) -> Any:
        """The chosen page in the active language, else as chosen; None if it is gone or not public."""
        page = self.get("registrable")
        if page is None:
            return None
        if foreign_language(page):
            local = page.localized
            page = local if local.live else page
        # What a form shows is built from its questions' blocks.
        from verkosto.registrations.public.context import embedded

        return embedded(page) if page.live else None


class RegistrationFormBlock(blocks.StructBlock):
    """The registration form of any registrable page, in any page's body."""

    registrable = blocks.PageChooserBlock(
        label=_("Page"),
        help_text=_(
            "The page whose registration form is shown here. The places and questions are those of that page."
        ),
    )

    class Meta:
        icon = "form"
        label = _("Registration form")
        template = "verkosto_registrations/blocks/registration_form.html"
        preview_template = "verkosto_registrations/blocks/registration_form_preview.html"
        description = _("The registration form of an event or another page, in the middle of the text.")
        value_class = RegistrationFormValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        # The mixin's questions are built from this module.
        from verkosto.registrations.models.registrable import RegistrationMixin

        page = cleaned.get("registrable")
        if page is not None and not isinstance(page.specific, RegistrationMixin):
            raise blocks.StructBlockValidationError(
                block_errors={"registrable": ValidationError(_("Registration is not enabled on this page."))}
            )
        return cleaned


def question_type_hooks() -> list[Any]:
    """Question types that installed apps register."""
    return [kind for hook in hooks.get_hooks("register_question_types") for kind in hook()]
