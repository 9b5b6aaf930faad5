"""The warnings about the strings of one translation, without those that somebody has dismissed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation, Translation

from verkosto.core.users import AnyUser
from verkosto.localisation.glossary import glossary_warnings, terms_for
from verkosto.localisation.memory import readable_by
from verkosto.localisation.models import CheckKind, DismissedCheck, StringInstruction
from verkosto.localisation.paragraphs import without_mark
from verkosto.localisation.workflow import quality_checks
from verkosto.localisation.workflow.quality_checks import Finding


class Warnings:
    """What is read once for all strings of a translation. Three queries."""

    def __init__(self, translation: Translation, stored: Sequence[StringTranslation], user: AnyUser) -> None:
        locale_id = translation.target_locale_id
        self.terms = terms_for(translation.source.locale_id, locale_id)
        strings = {row.translation_of_id for row in stored}
        self.others: dict[int, list[str]] = defaultdict(list)
        elsewhere = StringTranslation.objects.filter(
            readable_by(user), locale_id=locale_id, translation_of__in=strings, has_error=False
        ).exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
        for string_id, text in elsewhere.values_list("translation_of_id", "data"):
            if own := without_mark(text):
                self.others[string_id].append(own)
        self.dismissed: dict[tuple[int, int | None], list[DismissedCheck]] = defaultdict(list)
        rows = DismissedCheck.objects.filter(locale_id=locale_id, string__in=strings).select_related("by")
        for row in rows.order_by("created_at"):
            self.dismissed[row.string_id, row.context_id].append(row)

    def of(
        self,
        stored: StringTranslation | None,
        source: str,
        instruction: StringInstruction | None = None,
        continued: Sequence[tuple[str, str]] = (),
    ) -> list[Finding]:
        """Return the warnings about a stored translation; none for an unreviewed one, which is not final.

        `continued` are the strings whose translations continue its paragraph, with these: they are judged together.
        """
        if stored is None or stored.has_error:
            return []
        if instruction is not None and instruction.do_not_translate and stored.data == source:
            return []
        sources = " ".join([source, *(string for string, _text in continued)])
        text = " ".join(filter(None, map(without_mark, [stored.data, *(text for _string, text in continued)])))
        found = quality_checks.find(sources, text)
        found += quality_checks.check_length(
            without_mark(stored.data), instruction.max_length if instruction else None
        )
        if not continued:
            found += quality_checks.check_consistency(text, self.others[stored.translation_of_id])
        found += [
            Finding(CheckKind.GLOSSARY, _("The glossary has another term:"), f"{warning.source} → {warning.target}")
            for warning in glossary_warnings(sources, text, self.terms)
        ]
        hidden = {row.kind for row in self.dismissed_of(stored)}
        return [finding for finding in found if finding.kind not in hidden]

    def dismissed_of(self, stored: StringTranslation | None) -> list[DismissedCheck]:
        """Return the warnings about a stored translation that were dismissed as it stands."""
        if stored is None:
            return []
        rows = self.dismissed[stored.translation_of_id, stored.context_id]
        return [row for row in rows if row.text == stored.data]
