"""Snapshots of privacy notices: the text that a visitor was shown stays, also when the notice is rewritten."""

import hashlib
import json
from functools import partial

from django.db import transaction

from verkosto.core.content_cache import cached
from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.models import NoticeSnapshot

TEXT_FIELDS = (
    "title",
    "version",
    "purpose",
    "legal_basis",
    "recipients",
    "retention",
    "rights",
    "body",
    "contact_email",
)


def save_snapshot(notice: PrivacyNotice | None) -> str:
    """Save the notice's current text unless it is saved already. Return its digest; "" for no notice.

    No query if this text has been saved since the last change of content.
    """
    if notice is None:
        return ""
    digest = digest_of(notice)
    save = partial(_save, digest, _as_json(notice))
    # Inside a transaction the row may still be rolled back, so the cache must not say that it is saved.
    return save() if transaction.get_connection().in_atomic_block else cached(save, "notice-snapshot", digest)


def digest_of(notice: PrivacyNotice | None) -> str:
    """Return the SHA-256 of the notice's current text; "" for no notice."""
    return hashlib.sha256(_as_json(notice).encode()).hexdigest() if notice else ""


def snapshot_text(agreed: dict[str, object]) -> dict[str, object]:
    """Return the text that ``Registration.agreed`` refers to; {} for none."""
    found = NoticeSnapshot.objects.filter(digest=agreed.get("snapshot", "")).first()
    return found.text if found else {}


def _save(digest: str, text: str) -> str:
    NoticeSnapshot.objects.get_or_create(digest=digest, defaults={"text": json.loads(text)})
    return digest


def _as_json(notice: PrivacyNotice) -> str:
    text = {name: str(getattr(notice, name)) for name in TEXT_FIELDS}
    text |= {
        "controller": notice.controller.name if notice.controller else "",
        "language": notice.locale.language_code,
    }
    return json.dumps(text, ensure_ascii=False, sort_keys=True)
