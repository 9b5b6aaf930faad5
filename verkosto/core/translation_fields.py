"""How fields and rows are translated, beyond what wagtail-localize declares."""

from django.db import models
from wagtail_localize.fields import TranslatableField


class SharedTextField(TranslatableField):
    """Text that is translated string by string, while its blocks and their order are the same in every language."""

    overridable = False


class ShownUntranslated(models.Model):
    """A row of a page with text, which other languages show in the original's language until it is translated."""

    #: The code of the language of the row's text where that is not the row's own; templates mark the text with it.
    text_language = models.CharField(max_length=12, blank=True, editable=False, default="")

    class Meta:
        abstract = True
