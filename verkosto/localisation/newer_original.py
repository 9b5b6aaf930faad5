"""Where readers of an outdated translation find the current text."""

from __future__ import annotations

from django.db.models import Exists
from wagtail.models import Page

from verkosto.localisation.models import Original, TranslationState


def newer_original(page: Page) -> Page | None:
    """The live original of a translation that lacks something of it, for the reader; None when all is current.

    One query.
    """
    behind = TranslationState.objects.filter(translation_key=page.translation_key, locale=page.locale_id, behind=True)
    original = Original.objects.filter(pk=page.translation_key).values("locale")
    versions = Page.objects.live().filter(translation_key=page.translation_key, locale__in=original)
    return versions.filter(Exists(behind)).exclude(pk=page.pk).select_related("locale").first()
