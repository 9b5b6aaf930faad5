"""The settings of signing in, with their defaults."""

from django.conf import settings


def requires_second_factor() -> bool:
    """Return whether accounts need a second factor before they open anything (``STAFF_SECOND_FACTOR``)."""
    return bool(getattr(settings, "STAFF_SECOND_FACTOR", False))


def asks_again() -> bool:
    """Return whether views named by ``register_verkosto_sensitive_views`` ask for proof (``STAFF_REAUTHENTICATION``)."""
    return bool(getattr(settings, "STAFF_REAUTHENTICATION", True))


def session_hours() -> int:
    """Return after how many hours a session ends, however much it is used; 0 for never (``STAFF_SESSION_HOURS``)."""
    return int(getattr(settings, "STAFF_SESSION_HOURS", 0))


def idle_minutes() -> int:
    """Return after how many minutes without use a session ends; 0 for never (``STAFF_IDLE_MINUTES``)."""
    return int(getattr(settings, "STAFF_IDLE_MINUTES", 0))


def breached_passwords_file() -> str:
    """Return the path of the list of breached passwords; "" for none (``BREACHED_PASSWORDS_FILE``)."""
    return str(getattr(settings, "BREACHED_PASSWORDS_FILE", ""))


def provider_only() -> bool:
    """Return whether people sign in at the provider alone, never with a password or passkey of ours (``OIDC_ONLY``)."""
    return bool(getattr(settings, "OIDC_ISSUER", "") and getattr(settings, "OIDC_ONLY", False))


def provider_groups() -> dict[str, str]:
    """Return the group for each value of the provider's claim (``OIDC_GROUPS``)."""
    return dict(getattr(settings, "OIDC_GROUPS", {}))


def provider_groups_claim() -> str:
    """Return the claim with these values, with dots for claims inside claims (``OIDC_GROUPS_CLAIM``)."""
    return str(getattr(settings, "OIDC_GROUPS_CLAIM", "groups"))


def provider_proofs() -> frozenset[str]:
    """Return the values of ``amr`` or ``acr`` that say that the provider has asked a second factor (``OIDC_PROOFS``)."""
    return frozenset(getattr(settings, "OIDC_PROOFS", ()))


def client_id() -> str:
    """Return the name that the provider has given to the site (``OIDC_CLIENT_ID``)."""
    return str(getattr(settings, "OIDC_CLIENT_ID", ""))
