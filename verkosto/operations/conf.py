"""Settings of this app, each with its default. A project needs to name none of them."""

from django.conf import settings


def metrics_token() -> str:
    """Return the token with which ``/metrics`` is read (``VERKOSTO_METRICS_TOKEN``); "" for no such address."""
    return str(getattr(settings, "VERKOSTO_METRICS_TOKEN", ""))


def sentry_dsn() -> str:
    """Return where errors are reported (``VERKOSTO_SENTRY_DSN``); "" for nowhere."""
    return str(getattr(settings, "VERKOSTO_SENTRY_DSN", ""))


def traces_requests() -> bool:
    """Return whether OpenTelemetry traces requests (``VERKOSTO_OPENTELEMETRY``)."""
    return bool(getattr(settings, "VERKOSTO_OPENTELEMETRY", False))


def ships_audit_log() -> bool:
    """Return whether entries of the audit log are logged too (``VERKOSTO_AUDIT_LOG``)."""
    return bool(getattr(settings, "VERKOSTO_AUDIT_LOG", ""))


def trusted_proxies() -> int:
    """Return how many proxies of the site are in front of it (``TRUSTED_PROXIES``)."""
    return int(getattr(settings, "TRUSTED_PROXIES", 0))
