"""The original that readers of an outdated translation are directed to."""

from __future__ import annotations

from django.db.models import Exists
from wagtail.models import Page

from verkosto.core.models import Original
from verkosto.localisation.models import TranslationState


def newer_original(page: Page) -> Page | None:
    """Return the live original of a page that is an outdated translation; None if the page is up to date.

    One query.
    """
    outdated = TranslationState.objects.filter(
        translation_key=page.translation_key, locale=page.locale_id, live_is_outdated=True
    )
    original = Original.objects.filter(pk=page.translation_key).values("locale")
    versions = Page.objects.live().filter(translation_key=page.translation_key, locale__in=original)
    return versions.filter(Exists(outdated)).exclude(pk=page.pk).select_related("locale").first()
