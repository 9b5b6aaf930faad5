from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class Original(models.Model):
    """Which language version of a page or snippet is the original; a `translation_key` has exactly one."""

    translation_key = models.UUIDField(primary_key=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # A fingerprint of what its translations are made from: all but the facts, as wagtail-localize last read it.
    content = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.locale_id})"
