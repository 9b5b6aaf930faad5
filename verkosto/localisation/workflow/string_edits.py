"""The use case of saving the translation of one string."""

from __future__ import annotations

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.users import SignedInUser

#: The `tool_name` of a translation that was taken from the translation memory and that nobody has confirmed.
MEMORY = "memory"


def save_string(
    *,
    translation: Translation,
    segment: StringSegment,
    text: str,
    by: SignedInUser | None = None,
    is_reviewed: bool = True,
) -> bool:
    """Store a text as the translation of a string. Return False if it was stored already.

    A text that is not reviewed counts as a machine translation: a person has to save it before it can be published.
    """
    known = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, locale_id=translation.target_locale_id, context_id=segment.context_id
    ).first()
    manual, machine = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
    if known and known.data == text and known.translation_type != machine and not known.has_error:
        return False
    if not is_reviewed and has_same_translation(translation, segment, text):
        is_reviewed = True
    StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
        defaults={
            "data": text,
            "translation_type": manual if is_reviewed else machine,
            "tool_name": "" if is_reviewed else MEMORY,
            "last_translated_by": by,
            "has_error": False,
            "field_error": "",
        },
    )
    return True


def has_same_translation(translation: Translation, segment: StringSegment, text: str) -> bool:
    """Return whether a person has translated the same string with the same text, here or elsewhere."""
    same = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, locale_id=translation.target_locale_id, data=text, has_error=False
    )
    return same.exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE).exists()
