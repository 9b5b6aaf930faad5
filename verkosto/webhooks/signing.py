"""Secrets and signatures as Standard Webhooks defines them (https://www.standardwebhooks.com, “Signature scheme”).

A secret is derived from the site's ``SECRET_KEY`` and a random seed, which is all that the database holds: a copy of the
database signs nothing. While ``SECRET_KEY_FALLBACKS`` names an earlier key, deliveries have the signature of both.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "whsec_"
SALT = "verkosto.webhooks"


def new_seed() -> str:
    """Return a random seed of 256 bits."""
    return secrets.token_hex(32)


def secret_of(seed: str) -> str:
    """Return the secret of a seed as the receiver is given it: "whsec_" and base64."""
    return PREFIX + base64.b64encode(_key(seed, settings.SECRET_KEY)).decode()


def sign(seeds: Iterable[str], *, identifier: str, timestamp: int, body: bytes) -> str:
    """Return the value of ``webhook-signature``: a signature for each valid secret, separated by spaces.

    ``identifier`` and ``timestamp`` (seconds since the epoch) are those of the other headers.
    """
    content = f"{identifier}.{timestamp}.".encode() + body
    keys = [
        _key(seed, site_key) for seed in seeds for site_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return " ".join(f"v1,{_signature(key, content)}" for key in keys)


def _key(seed: str, site_key: str) -> bytes:
    return salted_hmac(SALT, seed, secret=site_key, algorithm="sha256").digest()


def _signature(key: bytes, content: bytes) -> str:
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
