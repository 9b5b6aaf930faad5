"""The history of a translated string: every text that was stored for it, with its author; and going back to one."""

from __future__ import annotations

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.users import SignedInUser
from verkosto.localisation.models import StringVersion
from verkosto.localisation.upstream import check_markup
from verkosto.localisation.workflow.string_edits import save_string


def record(stored: StringTranslation) -> StringVersion | None:
    """Keep what was stored as the translation of a string; None if it is the latest version already, or wrong."""
    if stored.context_id is None or stored.has_error:
        return None
    source = stored.translation_of.data
    try:
        check_markup(source, stored.data)
    except ValueError:
        return None  # wagtail-localize marks it as wrong after this
    is_reviewed = stored.translation_type != StringTranslation.TRANSLATION_TYPE_MACHINE
    position = {"string_id": stored.translation_of_id, "context_id": stored.context_id, "locale_id": stored.locale_id}
    earlier = list(StringVersion.objects.filter(**position).values_list("text", "is_reviewed"))
    if earlier[:1] == [(stored.data, is_reviewed)]:
        return None
    is_first = is_reviewed and not any(reviewed for _text, reviewed in earlier)
    return StringVersion.objects.create(
        **position,
        text=stored.data,
        is_reviewed=is_reviewed,
        tool_name=stored.tool_name,
        by_id=stored.last_translated_by_id,
        words=len(source.split()) if is_first else 0,
    )


def versions_of(translation: Translation, segment: StringSegment) -> list[StringVersion]:
    """Return the versions of a string's translation, the latest first. One query."""
    versions = StringVersion.objects.filter(
        string=segment.string_id, context=segment.context_id, locale=translation.target_locale_id
    )
    return list(versions.select_related("by"))


def restore(*, translation: Translation, segment: StringSegment, version: StringVersion, by: SignedInUser) -> None:
    """Store an earlier version's text again, as reviewed by the person who chose it."""
    save_string(translation=translation, segment=segment, text=version.text, by=by)
