"""Settings of this app, each with its default. A project needs to name none of them."""

from django.conf import settings


def data_source() -> str:
    """Return the name of this site among the sources of a LinkedEvents server: the part of an id before the colon
    (``VERKOSTO_LINKED_EVENTS_DATA_SOURCE``)."""
    return str(getattr(settings, "VERKOSTO_LINKED_EVENTS_DATA_SOURCE", "") or "verkosto")


def publisher() -> str | None:
    """Return the id of the organisation that publishes the events (``VERKOSTO_LINKED_EVENTS_PUBLISHER``)."""
    return getattr(settings, "VERKOSTO_LINKED_EVENTS_PUBLISHER", "") or None
