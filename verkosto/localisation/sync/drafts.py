"""Drafts of translations. They do not change the live row."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, TranslatableMixin

from verkosto.core.users import SignedInUser
from verkosto.localisation.overrides import local_overrides


def save_draft(unsaved: TranslatableMixin, by: SignedInUser | None = None) -> None:
    """Save an unsaved translation, with its local overrides, as the version's latest revision. Raises ValidationError."""
    if isinstance(unsaved, Page):
        unsaved.slug = find_available_slug(unsaved.get_parent(), slugify(unsaved.slug), ignore_page_id=unsaved.pk)
    local_overrides.apply_overrides(unsaved)
    unsaved.save_revision(user=by, clean=True)
