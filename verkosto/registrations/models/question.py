from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verkosto.core.markup import in_language as with_language
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import QuestionQuerySet

if TYPE_CHECKING:
    from verkosto.registrations.questions.types import QuestionType


def in_language(words: dict[str, str], language: str | None, original: str) -> str:
    """The words in a language, else in the original's, else in any."""
    return words.get(language or get_language() or "") or words.get(original) or next(iter(words.values()), "")


def marked(words: dict[str, str], original: str) -> SafeString:
    """The words for a page of the active language, marked where they are in another (WCAG 2.2 SC 3.1.2)."""
    text = in_language(words, None, original)
    if not text or words.get(get_language() or ""):
        return with_language(text, "")
    return with_language(text, original if words.get(original) else next(iter(words)))


@dataclass(frozen=True)
class Choice:
    """One alternative of a question. ``key`` is stored in answers; labels may change."""

    key: str
    labels: dict[str, str]
    capacity: int | None = None
    retired: bool = False


class Question(models.Model):
    """A question of a desk, under a key that no renaming, translation or reordering changes. Retired, never deleted."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=64)
    type = models.CharField(_("type"), max_length=50)
    labels = models.JSONField(default=dict)
    help_texts = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(_("why it is asked"), default=dict, blank=True)
    required = models.BooleanField(_("required"), default=False)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    settings = models.JSONField(default=dict, blank=True)
    # [{"key", "labels": {language: words}, "capacity", "retired"}]
    choice_rows = models.JSONField(default=list, blank=True)
    shown_if_key = models.CharField(max_length=64, blank=True)
    shown_if_values = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = [F("retired_at").asc(nulls_first=True), "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["desk", "key"], name="registrations_one_question_a_key")]

    def __str__(self) -> str:
        return self.label()

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def question_type(self) -> "QuestionType":
        """The registered type; a type whose app is gone reads as text."""
        # question_types renders questions and imports this module's neighbours.
        from verkosto.registrations.questions.types import get_question_type

        return get_question_type(self.type)

    @property
    def choices(self) -> list[Choice]:
        """All alternatives in their order, retired ones last."""
        rows = [Choice(**row) for row in self.choice_rows]
        return sorted(rows, key=lambda choice: choice.retired)

    def label(self, language: str | None = None) -> str:
        return in_language(self.labels, language, self.desk.original_language) or self.key

    def help_text(self, language: str | None = None) -> str:
        return in_language(self.help_texts, language, self.desk.original_language)

    def reason(self, language: str | None = None) -> str:
        return in_language(self.reasons, language, self.desk.original_language)

    @property
    def label_html(self) -> SafeString:
        return marked(self.labels, self.desk.original_language) or SafeString(escape(self.key))

    @property
    def help_text_html(self) -> SafeString:
        return marked(self.help_texts, self.desk.original_language)

    @property
    def reason_html(self) -> SafeString:
        return marked(self.reasons, self.desk.original_language)

    def choice_label(self, key: str, language: str | None = None) -> str:
        """The words of a choice in a language; the key itself where the choice is unknown."""
        for choice in self.choices:
            if choice.key == key:
                return in_language(choice.labels, language, self.desk.original_language) or key
        return key

    def choice_label_html(self, key: str) -> SafeString:
        """The words of a choice for a page of the active language."""
        labels = next((choice.labels for choice in self.choices if choice.key == key), {})
        return marked(labels, self.desk.original_language) or SafeString(escape(key))

    def display(self, value: Any, language: str | None = None) -> str:
        """An answer in words, for mails, lists and exports; "" for none."""
        return "" if value in (None, "", []) else self.question_type.display(self, value, language)
