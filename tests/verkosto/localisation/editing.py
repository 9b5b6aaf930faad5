"""Saving texts in the editor of strings, as its form without a script does."""

from typing import Any

from wagtail_localize.models import StringTranslation

from verkosto.localisation.upstream import edit_url
from verkosto.localisation.workflow.typed_texts import as_typed, field_name


def key_of(segment):
    return f"{segment.string_id}-{segment.context_id}"


def field_of(translation, segment):
    """The name of a string's box, as the editor shows it now."""
    stored = StringTranslation.objects.filter(
        translation_of=segment.string_id, context=segment.context_id, locale=translation.target_locale_id
    ).first()
    return field_name(key_of(segment), as_typed(stored.data) if stored else "")


def save_text(client, translation, segment, text, *, reviewed=False, follow=False, **data: Any):
    """Post one text; `reviewed` marks it as read by a person, changed or not."""
    posted = {"action": "save", field_of(translation, segment): text, **data}
    if reviewed:
        posted["confirm"] = key_of(segment)
    return client.post(edit_url(translation.get_target_instance()), posted, follow=follow)
