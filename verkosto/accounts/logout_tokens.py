"""The provider ends sessions: its logout tokens (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

import time

import jwt
import requests
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.db.models import QuerySet
from django.http import HttpRequest

from verkosto.accounts import conf
from verkosto.accounts.claims import JsonObject
from verkosto.accounts.models import SignIn
from verkosto.accounts.provider import PROVIDER
from verkosto.registrations.public.rate_limits import within_limits

EVENT = "http://schemas.openid.net/event/backchannel-logout"
#: Signatures with a public key alone: never "none", never a secret that both sides know.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REQUIRED = ["iss", "aud", "iat", "exp", "jti", "events"]
OLDEST, LEEWAY, TIMEOUT = 600, 60, 5  # seconds


class LogoutTokenInvalid(Exception):
    """The token ends nothing. The message says why, in words of the specification."""


def sessions_to_end(request: HttpRequest, token: str) -> QuerySet[SignIn]:
    """Return the sessions that a token ends. Raises LogoutTokenInvalid."""
    provider = OpenIDConnectOAuth2Adapter(request, PROVIDER).get_provider()
    try:
        jwt.get_unverified_header(token)  # the provider is asked nothing about a text that is no token
    except jwt.PyJWTError as error:
        raise LogoutTokenInvalid(f"not verified: {type(error).__name__}") from error
    metadata = _fetched(provider.server_url)
    claims = verified_claims(token, metadata, _fetched(str(metadata.get("jwks_uri", ""))))
    accounts = SocialAccount.objects.filter(provider=PROVIDER, uid=str(claims.get("sub", "")))
    rows = SignIn.objects.all()
    if claims.get("sid"):
        rows = rows.filter(provider_session=str(claims["sid"]))
    if claims.get("sub"):
        rows = rows.filter(user__in=accounts.values("user"))
    return rows


def verified_claims(token: str, metadata: JsonObject, keys: JsonObject) -> JsonObject:
    """Return the claims of a token after every check of §2.6. Raises LogoutTokenInvalid."""
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
        key = next(key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key_id in (None, key.key_id))
        claims: JsonObject = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            issuer=str(metadata["issuer"]),
            audience=conf.client_id(),
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, StopIteration, KeyError) as error:
        raise LogoutTokenInvalid(f"not verified: {type(error).__name__}") from error
    events = claims["events"]
    for is_right, message in (
        (time.time() - claims["iat"] <= OLDEST, "issued too long ago"),
        (isinstance(events, dict) and isinstance(events.get(EVENT), dict), "no event of logout"),
        ("nonce" not in claims, "a nonce, as only other tokens have"),
        (bool(claims.get("sub") or claims.get("sid")), "neither sub nor sid"),
        (within_limits("logout_token", str(claims["iss"]), str(claims["jti"])), "used before"),
    ):
        if not is_right:
            raise LogoutTokenInvalid(message)
    return claims


def _fetched(url: str) -> JsonObject:
    try:
        response = requests.get(url, timeout=TIMEOUT)
        response.raise_for_status()
        found = response.json()
    except (requests.RequestException, ValueError) as error:
        raise LogoutTokenInvalid("the provider cannot be asked for its keys") from error
    if not isinstance(found, dict):
        raise LogoutTokenInvalid("the provider cannot be asked for its keys")
    return found
