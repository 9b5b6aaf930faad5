"""Which browser signs in, in words, and whether the account has used it before."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

SALT = "verkosto.accounts.browsers"
A_YEAR = 365 * 24 * 3600  # seconds
ACCOUNTS = 10  # that one browser is known for
# The first that is found counts: each browser also names those after it.
NAMES = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iPadOS",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def browser_name(request: HttpRequest) -> str:
    """Return the browser and its system, for example "Firefox, Windows", in the active language if neither is known."""
    agent = request.headers.get("User-Agent", "")
    found = [next((name for part, name in names.items() if part in agent), "") for names in (NAMES, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("An unknown browser")


def is_known(request: HttpRequest, user: User) -> bool:
    """Return whether the account has signed in with this browser during the last year."""
    return user.pk in _accounts(request)


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Set the cookie by which the browser is known."""
    accounts = [user.pk, *(pk for pk in _accounts(request) if pk != user.pk)][:ACCOUNTS]
    response.set_cookie(
        _cookie_name(),
        signing.dumps(accounts, salt=SALT),
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _accounts(request: HttpRequest) -> list[int]:
    try:
        found = signing.loads(request.COOKIES.get(_cookie_name(), ""), salt=SALT, max_age=A_YEAR)
    except signing.BadSignature:
        return []
    return found if isinstance(found, list) else []


def _cookie_name() -> str:
    return "__Host-known-browser" if settings.SESSION_COOKIE_SECURE else "known-browser"
