"""What a visitor was told about their data, kept word for word: a notice may be rewritten, what was shown may not."""

import hashlib
import json
from typing import Any

from verkosto.registrations.models import ShownNotice

WORDS = ("title", "version", "purpose", "legal_basis", "recipients", "retention", "rights", "body", "contact_email")


def put_down(notice: Any) -> str:
    """Store the notice's text as it is now, once. Return the digest under which it is stored, "" without a notice."""
    if notice is None:
        return ""
    words = _as_json(notice)
    digest = hashlib.sha256(words.encode()).hexdigest()
    ShownNotice.objects.get_or_create(digest=digest, defaults={"words": json.loads(words)})
    return digest


def words_of(agreed: dict[str, Any]) -> dict[str, Any]:
    """The words that belong to what a registration remembers (``Registration.agreed``); {} for none."""
    found = ShownNotice.objects.filter(digest=agreed.get("words", "")).first()
    return found.words if found else {}


def _as_json(notice: Any) -> str:
    words = {name: str(getattr(notice, name)) for name in WORDS}
    words |= {
        "controller": notice.controller.name if notice.controller else "",
        "language": notice.locale.language_code,
    }
    return json.dumps(words, ensure_ascii=False, sort_keys=True)
