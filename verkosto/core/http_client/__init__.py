"""Requests to other systems whose addresses people type: they reach no private network, and hold no worker for long."""

from verkosto.core.http_client.addresses import AddressRefused, RequestFailed, is_public, is_sendable, target_of
from verkosto.core.http_client.requests import Limits, Response, send

__all__ = ["AddressRefused", "Limits", "RequestFailed", "Response", "is_public", "is_sendable", "send", "target_of"]
