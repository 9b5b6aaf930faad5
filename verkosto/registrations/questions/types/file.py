from typing import TYPE_CHECKING, Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from verkosto.registrations.questions.file_types import content_type_of
from verkosto.registrations.questions.types.base import QuestionType

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question

MEGABYTE = 1024 * 1024


class File(QuestionType):
    """A file whose type is recognised by its content. Stored as {"name", "size"}; the file itself is private."""

    name = "file"
    label = _("File")
    icon = "doc-empty"
    is_personal = True
    can_be_condition = False
    takes_file = True
    can_ask_each = False
    missing_message = _("Choose a file.")
    extra_fields = {
        "megabytes": blocks.IntegerBlock(label=_("Maximum size in megabytes"), default=5, min_value=1, max_value=10)
    }

    def form_field(self, question: "Question", **kwargs: Any) -> forms.Field:
        return AnswerFileField(largest=(question.settings.get("megabytes") or 5) * MEGABYTE, **kwargs)

    def show_stored(self, field: forms.Field, question: "Question", stored: object) -> None:
        if isinstance(field.widget, AnswerFileInput):
            field.widget.stored_name = self.display(question, stored, None)

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        return str(stored.get("name", "")) if isinstance(stored, dict) else str(stored)


class AnswerFileInput(forms.ClearableFileInput):
    """A file input that names the file that was sent before, and offers to remove it unless a file is required."""

    template_name = "verkosto_registrations/widgets/file.html"
    stored_name = ""

    def is_initial(self, value: object) -> bool:
        return bool(self.stored_name)

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        removed = context["widget"]["attrs"].pop("checked")
        return {**context, "stored_name": self.stored_name, "is_removed": removed}


class AnswerFileField(forms.FileField):
    """An upload of at most ``largest`` bytes, of a type that ``content_type_of`` accepts."""

    widget = AnswerFileInput

    def __init__(self, *, largest: int, **kwargs: Any) -> None:
        self.largest = largest
        super().__init__(max_length=255, **kwargs)

    def clean(self, data: object, initial: object = None) -> object:
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        if file.size > self.largest:
            raise forms.ValidationError(
                _("The file is too large: at most %(size)s."),
                params={"size": filesizeformat(self.largest)},
                code="large",
            )
        if not content_type_of(file):
            raise forms.ValidationError(
                _("This file type is not accepted. Send a PDF, a text document, a table or a picture."), code="kind"
            )
        return file
