"""The texts that a translator sends from the editor: what is saved, and what is refused with the text kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from verkosto.core.users import SignedInUser
from verkosto.localisation.paragraphs import (
    BREAK,
    CONTINUES,
    NOWHERE,
    TextPosition,
    positions_of,
    with_breaks,
    without_mark,
)
from verkosto.localisation.upstream import check_markup
from verkosto.localisation.workflow.string_checks import why_not_joined, why_refused
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


def as_typed(text: str) -> str:
    """Return a stored text as a person types it: with line breaks and "&", and tags only where it has markup."""
    plain = LINE_BREAK.sub("\n", text)
    if "<" in plain:
        return text
    typed = unescape(plain)
    return text if "<" in typed else typed


def read_texts(data: QueryDict) -> list[TypedText]:
    """Return the texts of a posted form, in its order. A suggestion whose button was pressed is the text of its string.

    The keys in `joined` are of texts that continue the one above.
    """
    key, _separator, used = data.get("use", "").partition(":")
    joined = set(data.getlist("joined"))
    texts = []
    for name in data:
        if match := FIELD.fullmatch(name):
            string, context, seen = match.groups()
            text = _without_carriage_returns(used if key == f"{string}-{context}" else str(data[name]))
            mark = CONTINUES if f"{string}-{context}" in joined else ""
            texts.append(TypedText(int(string), int(context), seen, mark + text))
    return texts


def read_suggestions(data: QueryDict) -> list[str]:
    """Return the suggestions that a posted form says were chosen."""
    found = [*data.getlist("suggestion"), data.get("use", "").partition(":")[2]]
    return [suggestion for suggestion in found if suggestion]


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
    found = translation.source.stringsegment_set.filter(context__in=contexts).select_related("string", "context")
    in_order = list(found.order_by("order", "pk"))
    segments = {(segment.string_id, segment.context_id): segment for segment in in_order}
    positions = positions_of(translation.source, in_order)
    stored = {
        (row.translation_of_id, row.context_id): row.data
        for row in StringTranslation.objects.filter(locale_id=translation.target_locale_id, context__in=contexts)
    }
    old = String.objects.in_bulk({typed.string_id for typed in texts if _position(typed) not in segments})
    model: Any = translation.source.specific_content_type.model_class()
    chosen = {_without_carriage_returns(suggestion) for suggestion in suggestions}
    saved, refused = 0, []
    for typed in texts:
        current = as_typed(stored.get(_position(typed), ""))
        is_confirmed = typed.key in confirmed
        if (fingerprint(typed.text) == typed.seen and not is_confirmed) or not (typed.text or current):
            continue
        segment, position = segments.get(_position(typed)), positions.get(_position(typed), NOWHERE)
        if not typed.text and current == CONTINUES:
            # No longer said by the text above: it has to be translated again.
            saved += bool(_stored_at(translation, typed).delete()[0])
        elif segment is None:
            before = old.get(typed.string_id)
            reason = _("The original changed while you were typing. Check your text against the new original.")
            refused.append(RefusedText(typed, reason, before.data if before else ""))
        elif reason := _why_not_saved(model, segment, position, typed, current):
            refused.append(RefusedText(typed, reason))
        else:
            is_reviewed = is_confirmed or without_mark(typed.text) not in chosen
            text = _to_store(typed.text, segment.string.data, position)
            saved += save_string(translation=translation, segment=segment, text=text, by=by, is_reviewed=is_reviewed)
    return saved, refused


def _stored_at(translation: Translation, typed: TypedText) -> QuerySet[StringTranslation]:
    return StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, translation_of=typed.string_id, context=typed.context_id
    )


def _why_not_saved(model: Any, segment: StringSegment, position: TextPosition, typed: TypedText, current: str) -> str:
    """Return why a text cannot be saved as the translation of a string; "" if it can."""
    if not typed.text:
        return _("Enter a translation first.")
    if current and fingerprint(current) != typed.seen and current != typed.text:
        return _("Somebody else has saved another translation meanwhile: “%(text)s”. Save yours to replace it.") % {
            "text": without_mark(current)
        }
    text = _to_store(typed.text, segment.string.data, position)
    try:
        check_markup(segment.string.data, text)
    except ValueError as error:
        return str(error)
    return why_not_joined(position, text) or why_refused(model, segment.context.path, typed.text)


def _to_store(text: str, source: str, position: TextPosition) -> str:
    """Return what a person typed as it is stored. A line break is one in the original too, or begins a paragraph.

    Where there are no paragraphs, it is a space.
    """
    has_line_breaks = bool(LINE_BREAK.search(source))
    text = with_breaks(text, position, has_line_breaks=has_line_breaks)
    if "<" in text or "\n" not in text:
        return text
    line_break = "<br/>" if has_line_breaks else " "
    paragraphs = text.split(BREAK) if position.may_split else [text]
    return BREAK.join(paragraph.replace("\n", line_break) for paragraph in paragraphs)


def _position(typed: TypedText) -> tuple[int, int]:
    return typed.string_id, typed.context_id


def _without_carriage_returns(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
