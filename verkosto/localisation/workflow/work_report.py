"""How much each person has translated, by language and month: texts, words of the originals, corrections."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from wagtail.models import Locale

from verkosto.core.users import SignedInUser
from verkosto.localisation.models import StringVersion
from verkosto.localisation.permissions.access import locale_ids_for, may_submit

# Spreadsheet programs read a cell that begins with one of these as a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Work:
    """What one person did in a month. `texts` and `words` count each string once, when it was first translated."""

    month: date
    language: str
    name: str
    texts: int
    words: int
    corrections: int


def work_by_month(user: SignedInUser) -> list[Work]:
    """Return the work in the user's languages, the latest month first. One query for any number of rows.

    Those who may submit pages for translation see everybody's, others their own.
    """
    versions = StringVersion.objects.filter(is_reviewed=True, by__isnull=False, locale__in=locale_ids_for(user))
    if not may_submit(user):
        versions = versions.filter(by=user)
    names = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
    rows = (
        versions.annotate(month=TruncMonth("created_at"))
        .values("month", "locale_id", "by_id", "by__first_name", "by__last_name", "by__username")
        .annotate(texts=Count("pk", filter=Q(words__gt=0)), all_words=Sum("words"), all_texts=Count("pk"))
        .order_by("-month", "locale_id", "by__username")
    )
    return [
        Work(
            month=row["month"].date(),
            language=names[row["locale_id"]],
            name=f"{row['by__first_name']} {row['by__last_name']}".strip() or row["by__username"],
            texts=row["texts"],
            words=row["all_words"],
            corrections=row["all_texts"] - row["texts"],
        )
        for row in rows
    ]


def write_csv(rows: Iterable[Work]) -> str:
    """Return the work as CSV (RFC 4180) with a byte order mark, which Excel needs to read UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_("Month"), _("Language"), _("Translator"), _("Texts"), _("Words"), _("Corrections")])
    for row in rows:
        name = f"'{row.name}" if row.name.startswith(FORMULA) else row.name
        writer.writerow([f"{row.month:%Y-%m}", row.language, name, row.texts, row.words, row.corrections])
    return "\ufeff" + file.getvalue()
