"""The settings of signing in, with their defaults."""

from django.conf import settings


def requires_second_factor() -> bool:
    """Return whether accounts need a second factor before they open anything (``STAFF_SECOND_FACTOR``)."""
    return bool(getattr(settings, "STAFF_SECOND_FACTOR", False))


def asks_again() -> bool:
    """Return whether views named by ``register_verkosto_sensitive_views`` ask for proof (``STAFF_REAUTHENTICATION``)."""
    return bool(getattr(settings, "STAFF_REAUTHENTICATION", True))
