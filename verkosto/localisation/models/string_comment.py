from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from verkosto.localisation.models.string_record import StringRecord


class StringCommentQuerySet(models.QuerySet["StringComment"]):
    def open_questions(self) -> StringCommentQuerySet:
        """Return the questions that nobody has answered, the oldest first."""
        return self.filter(is_question=True, answered_at=None).order_by("created_at", "pk")


class StringComment(StringRecord):
    """A comment about a string, or a question of a translator that the author of the original answers."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("comment"), max_length=2000)
    is_question = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)

    objects = StringCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a text")
        verbose_name_plural = _("comments on texts")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["locale", "created_at"],
                condition=Q(is_question=True, answered_at=None),
                name="open_questions_by_locale",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
