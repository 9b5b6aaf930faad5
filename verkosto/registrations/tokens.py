"""Tokens of personal links and invitations: shown once, stored as a SHA-256."""

import hashlib
import secrets

from django.db.models import Q, QuerySet
from django.utils import timezone

from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.models import AccessToken, Invitation, Registration

Purpose = TokenPurpose


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def issue_token(
    *, registration: Registration | None = None, invitation: Invitation | None = None, purpose: str = Purpose.MANAGE
) -> str:
    """Store and return a new token of 43 characters, for a registration or an invitation. It can be read only here."""
    token = secrets.token_urlsafe(32)
    AccessToken.objects.create(digest=digest(token), purpose=purpose, registration=registration, invitation=invitation)
    return token


def find_token(token: str, purpose: str = Purpose.MANAGE) -> AccessToken | None:
    """Return the row of a valid token; None for an unknown, altered or expired one."""
    return valid_tokens().filter(digest=digest(token), purpose=purpose).first()


def valid_tokens() -> QuerySet[AccessToken]:
    """Return the tokens that have not expired."""
    return AccessToken.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()), registration__purged_at__isnull=True
    ).select_related("registration", "registration__desk", "invitation")
