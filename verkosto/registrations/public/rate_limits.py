"""Rate limits: how often a network address, an account or all visitors together may attempt something.

The attempts are counted in the database, so that all processes of a site share the counts, also without Redis.
"""

from datetime import timedelta
from ipaddress import IPv6Network

from django.http import HttpRequest
from limits import RateLimitItem, parse
from python_ipware import IpWare

from verkosto.registrations import conf
from verkosto.registrations.models import RateLimitCount
from verkosto.registrations.models.rate_limit import hashed_key

FORWARDED, REMOTE = "HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"


def client_address(request: HttpRequest) -> str:
    """Return the network address of the client; "" if unknown.

    Of an IPv6 address it is the /64 network, because one subscriber can use any address in it. Of X-Forwarded-For, only
    the last entries count, which the ``TRUSTED_PROXIES`` proxies of the site wrote.
    """
    proxies = conf.trusted_proxies()
    found = None
    if proxies:
        written = ",".join(request.headers.get("X-Forwarded-For", "").split(",")[-proxies:])
        # Strict: an entry that is empty or no address is never skipped in favour of one that the client wrote.
        found, _ = IpWare((FORWARDED,), proxy_count=proxies - 1).get_client_ip({FORWARDED: written}, strict=True)
    if found is None:
        found, _ = IpWare((REMOTE,)).get_client_ip(request.META)
    if found is None:
        return str(request.META.get(REMOTE, ""))
    return str(IPv6Network((int(found), 64), strict=False) if found.version == 6 else found)


def within_limits(kind: str, *keys: str) -> bool:
    """Count one attempt. Return False if it exceeds the limit of its kind (a key of ``REGISTRATION_LIMITS``).

    ``keys`` say whose attempts are counted together, such as a client's address.
    """
    limit = _limit(kind)
    if limit is None:
        return True
    period = timedelta(seconds=limit.get_expiry())
    return RateLimitCount.objects.count_one(hashed_key(kind, *keys), period) <= limit.amount


def has_attempts_left(kind: str, *keys: str) -> bool:
    """Return whether another attempt would be within the limit of its kind, without counting one."""
    limit = _limit(kind)
    return limit is None or RateLimitCount.objects.counted(hashed_key(kind, *keys)) < limit.amount


def reset_attempts(kind: str, *keys: str) -> None:
    """Set the count of attempts back to zero."""
    RateLimitCount.objects.filter(pk=hashed_key(kind, *keys)).delete()


def delete_expired() -> int:
    """Delete counts whose period is over. Return how many."""
    return RateLimitCount.objects.delete_expired()


def may_sign_up(request: HttpRequest, desk_key: str) -> bool:
    """Count an attempt to sign up. Return whether it is within the limits of the client and of the desk."""
    return within_limits("address", client_address(request)) and within_limits("desk", desk_key)


def signs_up_often(request: HttpRequest) -> bool:
    """Count a sign-up without proof of work. Return whether the client has sent more than people do by hand."""
    return not within_limits("address_unproven", client_address(request))


def _limit(kind: str) -> RateLimitItem | None:
    limit = conf.rate_limit(kind)
    return parse(limit) if limit else None
