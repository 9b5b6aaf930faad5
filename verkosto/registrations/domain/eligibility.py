"""Who may register where not everybody may. An app that knows members tells of them through ``member_checks``."""

from collections.abc import Callable

from django.utils import timezone

from verkosto.registrations.enums import Eligibility, TokenPurpose
from verkosto.registrations.exceptions import NotEligible
from verkosto.registrations.models import AccessToken, Desk, Invitation
from verkosto.registrations.tokens import digest

# Each takes a desk and an address, and returns whether it belongs to a member.
member_checks: list[Callable[[Desk, str], bool]] = []


def invitation_by_code(desk: Desk, code: str) -> Invitation | None:
    """The invitation that a personal code opens at a desk, unless it is withdrawn."""
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


def check_eligible(desk: Desk, *, email: str, declared: bool, code: str) -> Invitation | None:
    """Raise NotEligible unless the person may register; return the invitation that is used, if any."""
    match desk.eligibility:
        case Eligibility.DECLARED if not declared:
            raise NotEligible
        case Eligibility.MEMBERS if not any(check(desk, email) for check in member_checks):
            raise NotEligible
        case Eligibility.INVITED:
            invitation = invitation_by_code(desk, code)
            if invitation is None or invitation.email.casefold() != email.casefold():
                raise NotEligible
            return invitation
    return None
