"""Tokens: made, found by their digest, and revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from verkosto.api.models import ApiToken
from verkosto.core.transactions import in_transaction
from verkosto.core.users import SignedInUser
from verkosto.registrations.admin.audit import log
from verkosto.registrations.tokens import digest

#: What every token begins with, so that people and scanners of source code recognise one.
PREFIX = "vk_"
SHOWN = 8  # characters that stay readable
#: How exactly the last use is known.
USE_INTERVAL = timedelta(minutes=1)


@in_transaction
def create_token(*, token: ApiToken, user: SignedInUser) -> str:
    """Save a new token for a person, and return it: 46 characters, 256 of its bits random. It can be read only here."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token.user, token.digest, token.start = user, digest(secret), secret[:SHOWN]
    token.save()
    log("api.create_token", token, user, rights=", ".join(_rights(token)), page=token.page_id)
    return secret


@in_transaction
def revoke_token(*, token: ApiToken, user: SignedInUser) -> None:
    """Revoke a token at once. Revoking it again does nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        log("api.revoke_token", token, user)


def find_token(secret: str) -> ApiToken | None:
    """Return the valid token; None for an unknown, expired or revoked one, and for one of a person who has left."""
    token = ApiToken.objects.filter(digest=digest(secret)).select_related("user", "page").first()
    if token is None or not token.is_valid:
        return None
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_INTERVAL:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _rights(token: ApiToken) -> list[str]:
    return [right for right in ("read", "change", "check_in") if token.allows(right)]
