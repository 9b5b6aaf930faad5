"""The texts that a translator sends from the editor: what is saved, and what is refused with the text kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from verkosto.core.accounts import SignedInUser
from verkosto.localisation.upstream import check_markup
from verkosto.localisation.workflow.string_checks import why_refused
from verkosto.localisation.workflow.string_edits import save_string

FIELD = re.compile(r"text-(\d{1,18})-(\d{1,18})-([0-9a-f]{0,12})")
LINE_BREAK = re.compile(r"<br ?/?>")


@dataclass(frozen=True)
class TypedText:
    """A text for a string at a content path. `seen` is the fingerprint of the text that the form showed."""

    string_id: int
    context_id: int
    seen: str
    text: str

    @property
    def key(self) -> str:
        return f"{self.string_id}-{self.context_id}"


@dataclass(frozen=True)
class RefusedText:
    """A text that was not saved. `old_source` is the string that was translated, if the original has changed since."""

    typed: TypedText
    reason: str
    old_source: str = ""


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12] if text else ""


def field_name(key: str, text: str) -> str:
    """Return the name of the form field of a string, which says for which string and in place of which text it is."""
    return f"text-{key}-{fingerprint(text)}"


def shown(text: str) -> str:
    """Return a stored text as a person types it: with line breaks and "&", and tags only where it has markup."""
    plain = LINE_BREAK.sub("\n", text)
    if "<" in plain:
        return text
    typed = unescape(plain)
    return text if "<" in typed else typed


def read_texts(data: QueryDict) -> list[TypedText]:
    """Return the texts of a posted form, in its order. A suggestion whose button was pressed is the text of its string."""
    key, _separator, used = data.get("use", "").partition(":")
    texts = []
    for name in data:
        if match := FIELD.fullmatch(name):
            string, context, seen = match.groups()
            text = used if key == f"{string}-{context}" else str(data[name])
            texts.append(TypedText(int(string), int(context), seen, _without_carriage_returns(text)))
    return texts


def read_suggestions(data: QueryDict) -> list[str]:
    """Return the suggestions that a posted form says were chosen."""
    return [*data.getlist("suggestion"), data.get("use", "").partition(":")[2]]


def save_texts(
    *,
    translation: Translation,
    texts: list[TypedText],
    by: SignedInUser,
    confirmed: Collection[str] = (),
    suggestions: Collection[str] = (),
) -> tuple[int, list[RefusedText]]:
    """Save the texts that were changed or confirmed. Return how many, and those that were refused.

    `confirmed` are the keys of strings that a person has reviewed, changed or not. A text that is one of `suggestions`
    as it was chosen is still to be reviewed.
    """
    contexts = {typed.context_id for typed in texts}
    segments = {
        (segment.string_id, segment.context_id): segment
        for segment in translation.source.stringsegment_set.filter(context__in=contexts).select_related(
            "string", "context"
        )
    }
    stored = {
        (row.translation_of_id, row.context_id): row.data
        for row in StringTranslation.objects.filter(locale_id=translation.target_locale_id, context__in=contexts)
    }
    old = String.objects.in_bulk({typed.string_id for typed in texts if _place(typed) not in segments})
    model: Any = translation.source.specific_content_type.model_class()
    chosen = {_without_carriage_returns(suggestion) for suggestion in suggestions}
    saved, refused = 0, []
    for typed in texts:
        current = shown(stored.get(_place(typed), ""))
        is_confirmed = typed.key in confirmed
        if (fingerprint(typed.text) == typed.seen and not is_confirmed) or not (typed.text or current):
            continue
        segment = segments.get(_place(typed))
        if segment is None:
            before = old.get(typed.string_id)
            reason = _("The original changed while you were typing. Check your text against the new original.")
            refused.append(RefusedText(typed, reason, before.data if before else ""))
        elif reason := _why_not_saved(model, segment, typed, current):
            refused.append(RefusedText(typed, reason))
        else:
            is_reviewed = is_confirmed or typed.text not in chosen
            text = _to_store(typed.text, segment.string.data)
            saved += save_string(translation=translation, segment=segment, text=text, by=by, is_reviewed=is_reviewed)
    return saved, refused


def _why_not_saved(model: Any, segment: StringSegment, typed: TypedText, current: str) -> str:
    """Return why a text cannot be saved as the translation of a string; "" if it can."""
    if not typed.text:
        return _("Enter a translation first.")
    if current and fingerprint(current) != typed.seen and current != typed.text:
        return _("Somebody else has saved another translation meanwhile: “%(text)s”. Save yours to replace it.") % {
            "text": current
        }
    text = _to_store(typed.text, segment.string.data)
    try:
        check_markup(segment.string.data, text)
    except ValueError as error:
        return str(error)
    return why_refused(model, segment.context.path, typed.text)


def _to_store(text: str, source: str) -> str:
    """Return what a person typed as it is stored. A line break is one in the original too, or a space."""
    if "<" in text or "\n" not in text:
        return text
    return text.replace("\n", "<br/>" if LINE_BREAK.search(source) else " ")


def _place(typed: TypedText) -> tuple[int, int]:
    return typed.string_id, typed.context_id


def _without_carriage_returns(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
