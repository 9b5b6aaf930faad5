from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.questions.fields import QuestionsField


class FormTemplate(models.Model):
    """Questions to start a new form from."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    description = models.TextField(_("description"), blank=True)
    questions = QuestionsField(blank=True, verbose_name=_("questions"))

    panels = ["name", "description", "questions"]

    class Meta:
        verbose_name = _("form template")
        verbose_name_plural = _("form templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
