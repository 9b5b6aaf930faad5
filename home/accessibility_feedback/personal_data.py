"""Accessibility feedback in data requests, erasure, retention and the documents of data protection."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy, ngettext

from home.models import AccessibilityFeedback
from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import ProcessingActivity
from verkosto.registrations.privacy.redaction import redacted

#: Days for which feedback is kept after its answer, so that a complaint to the authority can be answered.
RETENTION_DAYS = 365
TEXTS = ("message", "answer")


def _data(email: str) -> list[dict[str, object]]:
    return [
        {
            "type": row.kind,
            "message": row.message,
            "page": row.page,
            "name": row.name,
            "email": row.email,
            "received": row.received_at.isoformat(),
            "status": row.status,
            "answer": row.answer,
        }
        for row in AccessibilityFeedback.objects.filter(email=email)
    ]


def _names(email: str) -> Collection[str]:
    return set(AccessibilityFeedback.objects.filter(email=email).exclude(name="").values_list("name", flat=True))


def _erase(email: str) -> int:
    return AccessibilityFeedback.objects.filter(email=email).delete()[0]


def _redact(names: Sequence[str]) -> int:
    changed = 0
    for row in AccessibilityFeedback.objects.only("pk", *TEXTS).iterator(chunk_size=500):
        before = {name: getattr(row, name) for name in TEXTS}
        after = {name: redacted(text, names) for name, text in before.items()}
        if after != before:
            AccessibilityFeedback.objects.filter(pk=row.pk).update(**after)
            changed += 1
    return changed


def _purge(now: datetime) -> int:
    return AccessibilityFeedback.objects.ended_before(now - timedelta(days=RETENTION_DAYS)).delete()[0]


def _kept_for() -> str:
    days = RETENTION_DAYS
    return ngettext("%(n)s day after the answer", "%(n)s days after the answer", days) % {"n": days}


FEEDBACK_STORE = PersonalDataStore(
    "accessibility_feedback",
    _data,
    _erase,
    names=_names,
    redact=_redact,
    purge=_purge,
    models=(AccessibilityFeedback._meta.label,),
)

ANSWERING = ProcessingActivity(
    title=gettext_lazy("Feedback about accessibility"),
    purpose=gettext_lazy("To answer feedback about the accessibility of the website within 14 days."),
    legal_basis=PrivacyNotice.LegalBasis.LEGAL_OBLIGATION.label,
    persons=gettext_lazy("People who give feedback"),
    data=gettext_lazy("Message, page, answer, and name and email address if they are given"),
    retention=_kept_for,
    stores=("accessibility_feedback",),
)
