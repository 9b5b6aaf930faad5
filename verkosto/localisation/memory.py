"""Translation memory: earlier translations of the same or similar strings.

On PostgreSQL with its extension pg_trgm the database finds similar strings; elsewhere difflib does, among strings of
about the same length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Exists, F, FloatField, Func, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Length
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from verkosto.core.accounts import AnyUser
from verkosto.core.trigrams import has_trigrams
from verkosto.localisation.permissions.access import editable_pages

ENOUGH = 0.6
CANDIDATES = 400
SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    source: str
    text: str
    percent: int


def suggest(
    text: str, *, source_locale_id: int, locale_id: int, user: AnyUser, use_trigrams: bool | None = None
) -> list[Suggestion]:
    """Return the best earlier translations of the same or similar strings, best first; reviewed ones only.

    Those of pages that the user may not change and the public cannot read are left out.

    Whoever asks for many strings asks `has_trigrams` once and passes its answer.
    """
    if use_trigrams is None:
        use_trigrams = has_trigrams()
    earlier = StringTranslation.objects.filter(
        locale_id=locale_id,
        translation_of__locale_id=source_locale_id,
        has_error=False,
    ).exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    earlier = earlier.filter(readable_by(user))
    pairs: Iterable[tuple[str, str]]
    if use_trigrams:
        likeness = Func(F("translation_of__data"), Value(text), function="similarity", output_field=FloatField())
        pairs = (
            earlier.annotate(likeness=likeness)
            .filter(likeness__gte=0.3)
            .order_by("-likeness", "-updated_at")
            .values_list("translation_of__data", "data")[:20]
        )
    else:
        size = len(text)
        pairs = (
            earlier.annotate(size=Length("translation_of__data"))
            .filter(size__range=(int(size * 0.7), int(size * 1.4) + 1))
            .order_by("-updated_at")
            .values_list("translation_of__data", "data")[:CANDIDATES]
        )
    found: dict[str, Suggestion] = {}
    for source, translation in pairs:
        matcher = SequenceMatcher(None, source, text, autojunk=False)
        if matcher.quick_ratio() >= ENOUGH and (ratio := matcher.ratio()) >= ENOUGH:
            best = found.get(translation)
            if best is None or best.percent < ratio * 100:
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
