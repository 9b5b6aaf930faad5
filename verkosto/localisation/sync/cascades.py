"""What translations do with their original: they are scheduled, unpublished, moved and deleted with it."""

from __future__ import annotations

from datetime import datetime

from django.utils.dateparse import parse_datetime
from wagtail.models import DraftStateMixin, Page, TranslatableMixin

from verkosto.core.originals import get_original, is_original, translations_of


def unpublish_translations(original: TranslatableMixin) -> None:
    """Unpublish the translations of an original that was unpublished or has expired."""
    for translation in translations_of(original):
        if isinstance(translation, DraftStateMixin) and translation.live:
            translation.unpublish(set_expired=getattr(original, "expired", False))


def scheduled_at(original: TranslatableMixin | None) -> datetime | None:
    """Return when an original is scheduled to go live; None if it is live already or not scheduled."""
    if original is None or not isinstance(original, DraftStateMixin) or original.live:
        return None
    planned = original.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    return planned.approved_go_live_at if planned else None


def go_live_with_original(translation: TranslatableMixin) -> datetime | None:
    """Schedule a translation for the time when its original goes live. Return that time; None if none is scheduled.

    Changes the translation's row.
    """
    planned = scheduled_at(get_original(translation))
    if planned and isinstance(translation, DraftStateMixin):
        type(translation)._default_manager.filter(pk=translation.pk).update(go_live_at=planned)
        translation.go_live_at = planned
    return planned


def reschedule_translations(original: TranslatableMixin) -> None:
    """Reschedule the translations that go live with their original for its new time."""
    planned = scheduled_at(original)
    if planned is None:
        return
    for translation in translations_of(original):
        for revision in translation.revisions.filter(approved_go_live_at__isnull=False):
            if parse_datetime(str(revision.content.get("go_live_at") or "")) != planned:
                revision.content["go_live_at"] = planned.isoformat()
                revision.approved_go_live_at = planned
                revision.save(update_fields=["content", "approved_go_live_at"])
                type(translation)._default_manager.filter(pk=translation.pk).update(go_live_at=planned)


def move_translations(original: Page, before: Page, after: Page) -> None:
    """Move translations with their original: from below a translation of its old parent to below one of the new parent.

    Wagtail does so in one view only, and there requires permissions in the other trees.
    """
    for translation in Page.objects.translation_of(original, inclusive=False).select_related("locale"):
        parent = after.get_translation_or_none(translation.locale)
        if parent is not None and translation.get_parent().translation_key == before.translation_key:
            translation.specific.move(parent, pos="last-child")


def translations_to_delete(pages: list[Page]) -> list[Page]:
    """Return the translations of the originals among the pages."""
    found: list[Page] = []
    for page in pages:
        if is_original(page):
            found += Page.objects.translation_of(page, inclusive=False)
    return found


def translations_to_cascade(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    """Return the pages to delete with each page, for Wagtail's hook `construct_translated_pages_to_cascade_actions`.

    Other actions are handled by signals, because pages are also unpublished outside views: when they expire.
    """
    return {page: translations_to_delete([page]) for page in pages} if action == "delete" else {}
