"""Rate limits: how often a network address, an account or everybody together may try something."""

import functools
import hashlib
from ipaddress import IPv6Network
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from python_ipware import IpWare

from verkosto.registrations import conf

FORWARDED, REMOTE = "HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"


def client_address(request: HttpRequest) -> str:
    """Return the network address of the client: of IPv6 the /64, which one subscriber has to choose from; "" if unknown.

    X-Forwarded-For counts only behind ``TRUSTED_PROXIES`` proxies of our own, and of it only what these wrote, its end.
    """
    proxies = conf.trusted_proxies()
    found = None
    if proxies:
        written = ",".join(request.headers.get("X-Forwarded-For", "").split(",")[-proxies:])
        # Strict: a place that is empty or no address is never skipped for one that the client wrote.
        found, _ = IpWare((FORWARDED,), proxy_count=proxies - 1).get_client_ip({FORWARDED: written}, strict=True)
    if found is None:
        found, _ = IpWare((REMOTE,)).get_client_ip(request.META)
    if found is None:
        return str(request.META.get(REMOTE, ""))
    return str(IPv6Network((int(found), 64), strict=False) if found.version == 6 else found)


def within_limits(kind: str, *keys: str) -> bool:
    """Count one attempt; False when the limit of the kind is used up."""
    limit = _limit(kind)
    return limit is None or bool(_ask("hit", limit, kind, *_hashed(keys)))


def has_attempts_left(kind: str, *keys: str) -> bool:
    """Return whether the limit of the kind is not used up. Counts nothing."""
    limit = _limit(kind)
    return limit is None or bool(_ask("test", limit, kind, *_hashed(keys)))


def reset_attempts(kind: str, *keys: str) -> None:
    """Begin to count anew."""
    if limit := _limit(kind):
        _ask("clear", limit, kind, *_hashed(keys))


def _limit(kind: str) -> RateLimitItem | None:
    limit = conf.rate_limit(kind)
    return parse(limit) if limit else None


def _hashed(keys: tuple[str, ...]) -> list[str]:
    # Addresses are personal data: only a keyed hash is counted, and it lives for the limit's time.
    return [salted_hmac("registrations.limits", key, algorithm="sha256").hexdigest()[:32] for key in keys]


def may_sign_up(request: HttpRequest, desk_key: str) -> bool:
    """Count an attempt at a desk. Return whether it is accepted from this client."""
    return within_limits("address", client_address(request), desk_key) and within_limits("desk", desk_key)


def _ask(method: str, *args: Any) -> Any:
    """Call a method of the limiter; of the one without Redis while Redis does not answer."""
    shared, breaker = _shared_limiter(), getattr(caches["default"], "breaker", None)
    if shared is None:
        return getattr(_limiter(), method)(*args)
    if breaker is None:
        return getattr(shared, method)(*args)
    found = breaker.call(lambda: (getattr(shared, method)(*args),), None)
    return found[0] if found else getattr(_limiter(), method)(*args)


@functools.cache
def _shared_limiter() -> FixedWindowRateLimiter | None:
    """Return the limiter that counts in the cache's Redis, with its connections; None without Redis."""
    cache = settings.CACHES["default"]
    if "redis" not in cache["BACKEND"].lower():
        return None
    pool: Any = getattr(caches["default"], "connection_pool", None)
    return FixedWindowRateLimiter(storage_from_string(cache.get("LOCATION", ""), connection_pool=pool))


@functools.cache
def _limiter() -> FixedWindowRateLimiter:
    """Return the limiter of a site without Redis."""
    return FixedWindowRateLimiter(storage_from_string("memory://"))


def fingerprint(text: str) -> str:
    """Return a short digest of a form's stamp, by which the same form sent twice is recognised."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
