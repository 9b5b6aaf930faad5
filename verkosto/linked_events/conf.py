"""Settings of this app, each with its default. A project needs to name none of them."""

from datetime import timedelta

from django.conf import settings

from verkosto.core.http_client import Limits


def data_source() -> str:
    """Return the name of this site among the sources of a LinkedEvents server: the part of an id before the colon
    (``VERKOSTO_LINKED_EVENTS_DATA_SOURCE``)."""
    return str(getattr(settings, "VERKOSTO_LINKED_EVENTS_DATA_SOURCE", "") or "verkosto")


def publisher() -> str | None:
    """Return the id of the organisation that publishes the events (``VERKOSTO_LINKED_EVENTS_PUBLISHER``)."""
    return getattr(settings, "VERKOSTO_LINKED_EVENTS_PUBLISHER", "") or None


def server_url() -> str:
    """Return the address of the API of a LinkedEvents server, with a slash at its end; "" without one
    (``VERKOSTO_LINKED_EVENTS_URL``)."""
    url = str(getattr(settings, "VERKOSTO_LINKED_EVENTS_URL", "") or "")
    return f"{url.rstrip('/')}/" if url else ""


def api_key() -> str:
    """Return the key by which the server knows this site (``VERKOSTO_LINKED_EVENTS_API_KEY``)."""
    return str(getattr(settings, "VERKOSTO_LINKED_EVENTS_API_KEY", "") or "")


def pushes() -> bool:
    """Return whether published events are sent to a server: it has an address and a key."""
    return bool(server_url() and api_key())


def online_place() -> str:
    """Return the id that the server has for the internet (``VERKOSTO_LINKED_EVENTS_ONLINE_PLACE``)."""
    return str(getattr(settings, "VERKOSTO_LINKED_EVENTS_ONLINE_PLACE", "") or "helsinki:internet")


def keywords() -> list[str]:
    """Return the ids of the keywords that every event gets on the server (``VERKOSTO_LINKED_EVENTS_KEYWORDS``)."""
    return list(getattr(settings, "VERKOSTO_LINKED_EVENTS_KEYWORDS", ()) or ())


def limits() -> Limits:
    """Return what a request to the server may do. It may be in a private network only if the operator says so
    (``VERKOSTO_LINKED_EVENTS_PRIVATE_NETWORKS``)."""
    is_private = bool(getattr(settings, "VERKOSTO_LINKED_EVENTS_PRIVATE_NETWORKS", False))
    return Limits(seconds=20, most_read=5_000_000, allow_private=is_private)


def give_up_after() -> timedelta:
    """Return for how long an event that the server does not take is sent again."""
    return timedelta(days=5)
