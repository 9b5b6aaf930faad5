"""Requests to other systems whose addresses people type: they reach no private network, and hold no worker for long."""

from verkosto.core.http_client.addresses import AddressRefused, RequestFailed, is_public, is_sendable, target_of
from verkosto.core.http_client.requests import Answer, Limits, send

__all__ = ["AddressRefused", "Answer", "Limits", "RequestFailed", "is_public", "is_sendable", "send", "target_of"]
