"""Filling in texts from a translation memory that another tool wrote: its units belong to no place on the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from verkosto.core.users import SignedInUser
from verkosto.localisation.exchange.incoming import damage
from verkosto.localisation.exchange.language_tags import locale_of
from verkosto.localisation.exchange.tmx_segments import plain_text
from verkosto.localisation.exchange.units import Unit
from verkosto.localisation.workflow.string_checks import why_refused
from verkosto.localisation.workflow.string_edits import save_string

Pair = tuple[int, int]


@transaction.atomic
def fill_in(
    units: Iterable[Unit],
    *,
    translations: Iterable[Translation],
    by: SignedInUser,
    may_write: Callable[[Translation], bool],
) -> int:
    """Store the memory's translations of strings that have none, as unreviewed. Return how many.

    A string of the memory is the same if it is without its formatting. Damaged texts, and those that their field cannot
    hold, are left out.
    """
    memory = _by_languages(units)
    filled = 0
    for translation in translations:
        texts = memory.get((translation.source.locale_id, translation.target_locale_id))
        if not texts:
            continue
        found = [
            (segment, text)
            for segment in _untranslated(translation)
            if (text := _usable(translation, segment, texts.get(plain_text(segment.string.data), "")))
        ]
        if found and may_write(translation):
            for segment, text in found:
                filled += save_string(translation=translation, segment=segment, text=text, by=by, is_reviewed=False)
    return filled


def _by_languages(units: Iterable[Unit]) -> dict[Pair, dict[str, str]]:
    """Return the translations by plain source text, for each pair of the site's languages."""
    locales = list(Locale.objects.all())
    memory: dict[Pair, dict[str, str]] = defaultdict(dict)
    for unit in units:
        source, target = locale_of(unit.source_language, locales), locale_of(unit.language, locales)
        if source is not None and target is not None and source != target and unit.target:
            memory[source.pk, target.pk][plain_text(unit.source)] = unit.target
    return memory


def _untranslated(translation: Translation) -> list[StringSegment]:
    stored = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=translation.target_locale_id
    )
    segments = StringSegment.objects.filter(~Exists(stored), source=translation.source_id)
    return list(segments.select_related("string", "context").order_by("order", "pk"))


def _usable(translation: Translation, segment: StringSegment, text: str) -> str:
    """Return the text if it can be stored for the string, without its formatting if that is not the string's; or ""."""
    model = translation.source.specific_content_type.model_class()
    for form in (text, plain_text(text)):
        unit = Unit("", segment.context.path, segment.string.data, form)
        if form and not damage(unit) and not (model and why_refused(model, segment.context.path, form)):
            return form
    return ""
