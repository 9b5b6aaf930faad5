from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from verkosto.localisation.models.string_record import StringRecord


class CheckKind(models.TextChoices):
    """The checks of a translation's quality."""

    NUMBERS = "numbers", _("Numbers")
    DATES = "dates", _("Dates")
    URLS = "urls", _("Web addresses")
    EMAILS = "emails", _("Email addresses")
    PLACEHOLDERS = "placeholders", _("Placeholders")
    MARKUP = "markup", _("Formatting")
    PUNCTUATION = "punctuation", _("End punctuation")
    SPACES = "spaces", _("Double spaces")
    SAME = "same", _("Same as the original")
    LENGTH = "length", _("Length")
    INCONSISTENT = "inconsistent", _("Consistency")
    GLOSSARY = "glossary", _("Glossary")


class DismissedCheck(StringRecord):
    """A warning about one translated string that a person has found to be no mistake. It ends when the text changes."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=CheckKind)
    # The translation that was judged.
    text = models.TextField()
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("dismissed warning")
        verbose_name_plural = _("dismissed warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["string", "context", "locale", "kind"], name="one_dismissal_a_check_and_string"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"
