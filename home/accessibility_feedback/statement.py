"""The accessibility statement that feedback belongs to."""

from home.models import AccessibilityPage
from verkosto.core.view_restrictions import public_q


def statement_in(language_code: str) -> AccessibilityPage | None:
    """Return the public statement in a language; None if it has none."""
    return AccessibilityPage.objects.live().filter(public_q(), locale__language_code=language_code).first()
