"""What authors tell translators about a string: an explanation, a maximum length, or not to translate it."""

from __future__ import annotations

from django.db import transaction
from wagtail_localize.models import StringSegment, Translation

from verkosto.core.users import SignedInUser
from verkosto.localisation.models import StringInstruction
from verkosto.localisation.permissions.access import in_moderation
from verkosto.localisation.workflow.string_edits import save_string


def instruction_for(segment: StringSegment) -> StringInstruction | None:
    return StringInstruction.objects.filter(string=segment.string_id, context=segment.context_id).first()


@transaction.atomic
def instruct(*, segment: StringSegment, instruction: StringInstruction, by: SignedInUser) -> None:
    """Store the instruction of a string. One that is not to be translated is stored as its own translation."""
    instruction.string_id, instruction.context_id, instruction.by = segment.string_id, segment.context_id, by
    instruction.save()
    if instruction.do_not_translate:
        for translation in segment.source.translations.filter(enabled=True).select_related("source", "target_locale"):
            if not in_moderation(translation.get_target_instance()):
                save_string(translation=translation, segment=segment, text=segment.string.data, by=by)


def keep_untranslated(translation: Translation) -> int:
    """Store the strings of a new translation that are not to be translated. Return how many."""
    kept = StringInstruction.objects.filter(
        context__object_id=translation.source.object_id, do_not_translate=True
    ).select_related("by")
    authors = {(row.string_id, row.context_id): row.by for row in kept}
    if not authors:
        return 0
    segments = translation.source.stringsegment_set.select_related("string", "context")
    saved = 0
    for segment in segments.filter(string__in={string for string, _context in authors}):
        position = segment.string_id, segment.context_id
        if position in authors:
            saved += save_string(
                translation=translation, segment=segment, text=segment.string.data, by=authors[position]
            )
    return saved
