"""Translation memory: earlier translations of the same or similar strings.

On PostgreSQL with its extension pg_trgm the database finds similar strings; elsewhere difflib does, among strings of
about the same length.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Length
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from verkosto.core.trigrams import has_trigrams
from verkosto.core.users import AnyUser
from verkosto.localisation.paragraphs import CONTINUES, without_mark
from verkosto.localisation.permissions.access import editable_pages

ENOUGH = 0.6
CANDIDATES = 400
SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    source: str
    text: str
    percent: int


Pair = tuple[str, str]


def suggest(
    text: str, *, source_locale_id: int, locale_id: int, user: AnyUser, use_trigrams: bool | None = None
) -> list[Suggestion]:
    """Return the best earlier translations of the same or similar strings, best first; reviewed ones only.

    Those of pages that the user may not change and the public cannot read are left out.
    """
    return suggest_for_all(
        [text], source_locale_id=source_locale_id, locale_id=locale_id, user=user, use_trigrams=use_trigrams
    )[text]


def suggest_for_all(
    texts: Collection[str], *, source_locale_id: int, locale_id: int, user: AnyUser, use_trigrams: bool | None = None
) -> dict[str, list[Suggestion]]:
    """Return the suggestions for each text, as `suggest` does. Two queries on PostgreSQL, one elsewhere, for any number."""
    texts = list(dict.fromkeys(texts))
    if not texts:
        return {}
    earlier = StringTranslation.objects.filter(
        locale_id=locale_id,
        translation_of__locale_id=source_locale_id,
        has_error=False,
    ).exclude(Q(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE) | Q(data=CONTINUES))
    earlier = earlier.filter(readable_by(user))
    if has_trigrams() if use_trigrams is None else use_trigrams:
        pairs = _by_trigrams(earlier, texts)
    else:
        pairs = _by_length(earlier, texts)
    return {text: _best(text, pairs[text]) for text in texts}


def _by_trigrams(earlier: QuerySet[StringTranslation], texts: list[str]) -> dict[str, list[Pair]]:
    """Return the strings that the database finds similar to each text."""
    queries = []
    for number, text in enumerate(texts):
        likeness = Func(F("translation_of__data"), Value(text), function="similarity", output_field=FloatField())
        similar = earlier.annotate(likeness=likeness, number=Value(number)).filter(likeness__gte=0.3)
        similar = similar.order_by("-likeness", "-updated_at")
        queries.append(similar.values_list("number", "translation_of__data", "data")[:20])
    pairs: dict[str, list[Pair]] = {text: [] for text in texts}
    for number, source, translation in queries[0].union(*queries[1:], all=True) if queries[1:] else queries[0]:
        pairs[texts[number]].append((source, translation))
    return pairs


def _by_length(earlier: QuerySet[StringTranslation], texts: list[str]) -> dict[str, list[Pair]]:
    """Return the latest strings that are about as long as each text."""
    ranges = {text: (int(len(text) * 0.7), int(len(text) * 1.4) + 1) for text in texts}
    lengths = min(low for low, _high in ranges.values()), max(high for _low, high in ranges.values())
    found = (
        earlier.annotate(size=Length("translation_of__data"))
        .filter(size__range=lengths)
        .order_by("-updated_at")
        .values_list("translation_of__data", "data")[: CANDIDATES * min(len(texts), 5)]
    )
    candidates = list(found)
    return {
        text: [pair for pair in candidates if low <= len(pair[0]) <= high][:CANDIDATES]
        for text, (low, high) in ranges.items()
    }


def _best(text: str, pairs: list[Pair]) -> list[Suggestion]:
    """Return the best of some earlier strings and their translations."""
    found: dict[str, Suggestion] = {}
    matcher = SequenceMatcher(None, "", text, autojunk=False)
    for source, translation in pairs:
        matcher.set_seq1(source)
        if matcher.real_quick_ratio() >= ENOUGH and matcher.quick_ratio() >= ENOUGH:
            ratio = matcher.ratio()
            translation = without_mark(translation)
            best = found.get(translation)
            if ratio >= ENOUGH and (best is None or best.percent < ratio * 100):
                found[translation] = Suggestion(source, translation, round(ratio * 100))
    return sorted(found.values(), key=lambda suggestion: -suggestion.percent)[:SHOWN]


def readable_by(user: AnyUser) -> Q | Combinable:
    """Return the condition for strings of snippets, and of pages that the user may change or the public may read."""
    if user.is_superuser:
        return Q()
    versions = Page.objects.filter(translation_key=OuterRef("context__object_id"), locale=OuterRef("locale"))
    own = editable_pages(user).filter(translation_key=OuterRef("context__object_id"), locale=OuterRef("locale"))
    pages = Page.objects.filter(translation_key=OuterRef("context__object_id"))
    return Exists(own) | Exists(versions.live().public()) | ~Exists(pages)
