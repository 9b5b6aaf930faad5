"""The rules for who may register at a desk.

Which addresses are members' is known by other apps: each registers a list of ``MemberCheck`` with the hook
``register_verkosto_member_checks``.
"""

from collections.abc import Callable
from functools import cache

from django.utils import timezone
from wagtail import hooks

from verkosto.core.email_addresses import normalise_email
from verkosto.registrations.enums import Eligibility, TokenPurpose
from verkosto.registrations.exceptions import NotEligible
from verkosto.registrations.models import AccessToken, Desk, Invitation
from verkosto.registrations.tokens import digest, find_token

# Takes a desk and an address, and returns whether the address is a member's.
MemberCheck = Callable[[Desk, str], bool]


@cache
def member_checks() -> list[MemberCheck]:
    """Return the checks of all installed apps."""
    return [check for hook in hooks.get_hooks("register_verkosto_member_checks") for check in hook()]


def invitation_of_link(code: str) -> Invitation | None:
    """Return the invitation that the link in its mail opens; None for one that is unknown, expired or withdrawn."""
    token = find_token(code, TokenPurpose.INVITATION)
    return invitation_by_code(token.invitation.desk, code) if token and token.invitation else None


def invitation_by_code(desk: Desk, code: str) -> Invitation | None:
    """Return the invitation of a personal code at a desk; None for one that is unknown, expired or withdrawn."""
    token = (
        AccessToken.objects.filter(
            digest=digest(code.strip()),
            purpose=TokenPurpose.INVITATION,
            invitation__desk=desk,
            invitation__withdrawn_at__isnull=True,
        )
        .select_related("invitation")
        .first()
    )
    if token is None or (token.expires_at and token.expires_at <= timezone.now()):
        return None
    return token.invitation


def is_member(desk: Desk, email: str) -> bool:
    """Return whether an address is a member's of the networks that a desk is for. A query for each installed check."""
    return bool(email) and any(check(desk, email) for check in member_checks())


def check_eligible(desk: Desk, *, email: str, declared: bool, code: str) -> Invitation | None:
    """Raise NotEligible unless the person may register. Return the invitation that is used, if any."""
    match desk.eligibility_now:
        case Eligibility.DECLARED if not declared:
            raise NotEligible
        case Eligibility.MEMBERS if not is_member(desk, email):
            raise NotEligible
        case Eligibility.INVITED:
            invitation = invitation_by_code(desk, code)
            if invitation is None or invitation.email != normalise_email(email):
                raise NotEligible
            return invitation
    return None
