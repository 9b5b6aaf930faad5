"""One POST to a receiver."""

from collections.abc import Mapping

from verkosto.core.http_client import Limits, Response, send
from verkosto.webhooks import conf


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Response:
    """Send a body, and return the response, whatever its status. Raises ``core.http_client.RequestFailed``."""
    limits = Limits(seconds=conf.timeout(), allow_private=conf.allows_private_networks())
    return send("POST", url, limits=limits, headers=headers, body=body)
