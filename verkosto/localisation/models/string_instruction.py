from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.core.model_fields import ImageForeignKey
from verkosto.localisation.models.string_record import StringRecord


class StringInstruction(StringRecord):
    """What the author of the original tells translators of all languages about a string. It ends when the text changes."""

    explanation = models.CharField(
        _("explanation"),
        max_length=500,
        blank=True,
        help_text=_("What translators cannot see: what a word means here, or who the text is for."),
    )
    screenshot = ImageForeignKey(
        verbose_name=_("screenshot"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the text is shown. Translators see it next to the text. Choose one without personal data."),
    )
    max_length = models.PositiveIntegerField(
        _("maximum length"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("In characters. Translators see a warning when theirs is longer."),
    )
    do_not_translate = models.BooleanField(
        _("do not translate"),
        default=False,
        help_text=_("The text stays as it is in every language, such as a name or a motto."),
    )

    class Meta:
        verbose_name = _("instruction for translators")
        verbose_name_plural = _("instructions for translators")
        constraints = [
            models.UniqueConstraint(fields=["string", "context"], name="one_instruction_a_string"),
        ]

    def __str__(self) -> str:
        return self.explanation
