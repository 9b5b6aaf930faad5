"""``Authorization: Bearer`` (RFC 6750): the token of a request, and how often it may be used."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security import HttpBearer

from verkosto.api.models import ApiToken
from verkosto.api.tokens import find_token
from verkosto.registrations.public.rate_limits import client_address, within_limits


class TooManyRequests(Exception):
    """A request beyond a limit. The text says which, in English."""


class TokenAuthentication(HttpBearer):
    """Find the token of a request. A session of the admin opens nothing here, so that no form of another site can."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the row of the token; None for one that is not valid. Raise TooManyRequests beyond the limits."""
        request.user = AnonymousUser()
        found = find_token(token)
        if found is None:
            if not within_limits("api_unknown_token", client_address(request)):
                raise TooManyRequests("Too many requests with a token that is not valid. Try again later.")
            return None
        if not within_limits("api_token", str(found.pk)):
            raise TooManyRequests("Too many requests with this token. Try again later.")
        request.user = found.user or AnonymousUser()
        return found


def token_of(request: HttpRequest) -> ApiToken:
    """Return the token with which a request was let in."""
    token = request.auth  # type: ignore[attr-defined]  # set by Ninja
    assert isinstance(token, ApiToken)  # noqa: S101 - every operation for staff has this authentication
    return token
