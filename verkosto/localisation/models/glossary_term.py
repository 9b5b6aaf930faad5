from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale


class GlossaryTerm(models.Model):
    """A term that the organisation translates in one way."""

    source_locale = models.ForeignKey(
        Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language of the original")
    )
    source = models.CharField(pgettext_lazy("glossary", "term"), max_length=200)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    target = models.CharField(
        _("translation"), max_length=200, help_text=_("Translators see a warning if they use another term.")
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Shown to translators next to the warning.")
    )

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["source"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "source", "locale"],
                name="one_translation_a_term",
                violation_error_message=_("The glossary already has this term."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
