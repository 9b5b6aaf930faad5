"""Rate limits: how often a network address, an account or everybody together may try something.

The attempts are counted in the database, so that all processes of a site share them, with Redis or without.
"""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv6Network

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse
from python_ipware import IpWare

from verkosto.registrations import conf
from verkosto.registrations.models import RateLimitCount

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
    if limit is None:
        return True
    period = timedelta(seconds=limit.get_expiry())
    return RateLimitCount.objects.count_one(_hashed(kind, keys), period) <= limit.amount


def has_attempts_left(kind: str, *keys: str) -> bool:
    """Return whether the limit of the kind is not used up. Counts nothing."""
    limit = _limit(kind)
    return limit is None or RateLimitCount.objects.counted(_hashed(kind, keys)) < limit.amount


def reset_attempts(kind: str, *keys: str) -> None:
    """Begin to count anew."""
    RateLimitCount.objects.filter(pk=_hashed(kind, keys)).delete()


def delete_expired() -> int:
    """Delete counts whose period is over. Return how many."""
    return RateLimitCount.objects.delete_expired()


def may_sign_up(request: HttpRequest, desk_key: str) -> bool:
    """Count an attempt at a desk. Return whether it is accepted: from this client at all desks, and at the desk."""
    return within_limits("address", client_address(request)) and within_limits("desk", desk_key)


def signs_up_often(request: HttpRequest) -> bool:
    """Count a sign-up without proof of work, and return whether the client made many: more than people by hand."""
    return not within_limits("address_unproven", client_address(request))


def _limit(kind: str) -> RateLimitItem | None:
    limit = conf.rate_limit(kind)
    return parse(limit) if limit else None


def _hashed(kind: str, keys: tuple[str, ...]) -> str:
    # Addresses are personal data: only a keyed hash is counted, and it lives for the limit's time.
    return salted_hmac("registrations.limits", "\0".join([kind, *keys]), algorithm="sha256").hexdigest()


def fingerprint(sent: Mapping[str, object]) -> str:
    """Return a short keyed digest of all that was typed into a form, by which the same form sent twice is recognised.

    Not of its stamp alone: of a page in a cache many people have the same.
    """
    return salted_hmac("registrations.forms", repr(dict(sent)), algorithm="sha256").hexdigest()[:32]
