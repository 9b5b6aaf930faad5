from dataclasses import dataclass

from django.db import models
from django.db.models import F
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verkosto.core.html import in_language as with_language
from verkosto.registrations.enums import QuestionPurpose
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import QuestionQuerySet
from verkosto.registrations.questions.registry import get_question_type
from verkosto.registrations.questions.types.base import QuestionType


def text_in(texts: dict[str, str], language: str | None, original: str) -> str:
    """Return the text in a language, else in the original's, else in any."""
    return texts.get(language or get_language() or "") or texts.get(original) or next(iter(texts.values()), "")


def html_in(texts: dict[str, str], original: str) -> SafeString:
    """Return the text for a page in the active language, with ``lang`` where it is in another (WCAG 2.2 SC 3.1.2)."""
    text = text_in(texts, None, original)
    if not text or texts.get(get_language() or ""):
        return with_language(text, "")
    return with_language(text, original if texts.get(original) else next(iter(texts)))


@dataclass(frozen=True)
class Choice:
    """One option of a question. ``key`` is stored in answers; labels may change."""

    key: str
    labels: dict[str, str]
    capacity: int | None = None
    retired: bool = False


QuestionManager = models.Manager.from_queryset(QuestionQuerySet)


class RegistrationQuestions(QuestionManager):
    """The questions of the registration form."""

    def get_queryset(self) -> QuestionQuerySet:  # type: ignore[override]  # from_queryset() loses the model
        return QuestionQuerySet(self.model, using=self._db).filter(purpose=QuestionPurpose.REGISTRATION)


class FeedbackQuestions(QuestionManager):
    """The questions of the feedback form."""

    def get_queryset(self) -> QuestionQuerySet:  # type: ignore[override]  # from_queryset() loses the model
        return QuestionQuerySet(self.model, using=self._db).filter(purpose=QuestionPurpose.FEEDBACK)


class Question(models.Model):
    """A question of a desk. Renaming, translating or reordering never changes its key. Retired, never deleted."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=64)
    type = models.CharField(_("type"), max_length=50)
    labels = models.JSONField(default=dict)
    help_texts = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(_("why it is asked"), default=dict, blank=True)
    required = models.BooleanField(_("required"), default=False)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    # Whether it is asked again about each guest.
    each_attendee = models.BooleanField(_("asked about each attendee"), default=False)
    purpose = models.CharField(
        max_length=20, choices=QuestionPurpose.choices, default=QuestionPurpose.REGISTRATION, editable=False
    )
    settings = models.JSONField(default=dict, blank=True)
    # [{"key", "labels": {language: text}, "capacity", "retired"}]
    choice_rows = models.JSONField(default=list, blank=True)
    shown_if_key = models.CharField(max_length=64, blank=True)
    shown_if_values = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    # The first is also that of ``Desk.questions``: only who asks for the feedback form gets its questions.
    objects = RegistrationQuestions()
    feedback = FeedbackQuestions()

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
    def question_type(self) -> QuestionType:
        """The registered type; the text type if the type's app is no longer installed."""
        return get_question_type(self.type)

    @property
    def choices(self) -> list[Choice]:
        """All options in their order, retired ones last."""
        rows = [Choice(**row) for row in self.choice_rows]
        return sorted(rows, key=lambda choice: choice.retired)

    def label(self, language: str | None = None) -> str:
        return text_in(self.labels, language, self.desk.original_language) or self.key

    def help_text(self, language: str | None = None) -> str:
        return text_in(self.help_texts, language, self.desk.original_language)

    def reason(self, language: str | None = None) -> str:
        return text_in(self.reasons, language, self.desk.original_language)

    @property
    def label_html(self) -> SafeString:
        return html_in(self.labels, self.desk.original_language) or SafeString(escape(self.key))

    @property
    def help_text_html(self) -> SafeString:
        return html_in(self.help_texts, self.desk.original_language)

    @property
    def reason_html(self) -> SafeString:
        return html_in(self.reasons, self.desk.original_language)

    def choice_label(self, key: str, language: str | None = None) -> str:
        """Return the label of a choice in a language; the key itself where the choice is unknown."""
        for choice in self.choices:
            if choice.key == key:
                return text_in(choice.labels, language, self.desk.original_language) or key
        return key

    def choice_label_html(self, key: str) -> SafeString:
        """Return the label of a choice for a page in the active language."""
        labels = next((choice.labels for choice in self.choices if choice.key == key), {})
        return html_in(labels, self.desk.original_language) or SafeString(escape(key))

    def display(self, value: object, language: str | None = None) -> str:
        """Return an answer as people read it in mails, lists and exports; "" for none."""
        return "" if value in (None, "", []) else self.question_type.display(self, value, language)

    def display_html(self, value: object) -> SafeString:
        """Return an answer for a page in the active language, with ``lang`` where it is in another; "" for none."""
        if value in (None, "", []):
            return SafeString("")
        return SafeString(conditional_escape(self.question_type.display_html(self, value)))
