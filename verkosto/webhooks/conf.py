"""Settings of this app, each with its default. A project needs to name none of them."""

from datetime import timedelta

from django.conf import settings


def allows_private_networks() -> bool:
    """Return whether webhooks may go to addresses that are not public (``VERKOSTO_WEBHOOKS_PRIVATE_NETWORKS``)."""
    return bool(getattr(settings, "VERKOSTO_WEBHOOKS_PRIVATE_NETWORKS", False))


def allows_http() -> bool:
    """Return whether webhooks may go to URLs without TLS (``VERKOSTO_WEBHOOKS_HTTP``)."""
    return bool(getattr(settings, "VERKOSTO_WEBHOOKS_HTTP", False))


def timeout() -> float:
    """Return how many seconds one attempt may take in all (``VERKOSTO_WEBHOOKS_TIMEOUT``)."""
    return float(getattr(settings, "VERKOSTO_WEBHOOKS_TIMEOUT", 10))


def give_up_after() -> timedelta:
    """Return for how long a receiver may fail before it is switched off (``VERKOSTO_WEBHOOKS_GIVE_UP_DAYS``)."""
    return timedelta(days=float(getattr(settings, "VERKOSTO_WEBHOOKS_GIVE_UP_DAYS", 5)))


def retention() -> timedelta:
    """Return for how long the log of deliveries is kept (``VERKOSTO_WEBHOOKS_RETENTION_DAYS``)."""
    return timedelta(days=float(getattr(settings, "VERKOSTO_WEBHOOKS_RETENTION_DAYS", 30)))
