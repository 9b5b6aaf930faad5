"""The stores of the roles of staff and of invitations to them, for the registry of personal data.

A role is found by the address of its account, an invitation by the invited address.
"""

from datetime import datetime

from verkosto.registrations.models import DeskInvitation, RoleAssignment
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.retention import is_past_retention


def _roles(email: str) -> list[dict[str, object]]:
    return [
        {
            "role": row.role,
            "title": str(row.page or row.desk),
            "given": row.created_at.isoformat(),
        }
        for row in RoleAssignment.objects.filter(user__email__iexact=email).select_related("page", "desk")
    ]


def _erase(email: str) -> int:
    return RoleAssignment.objects.filter(user__email__iexact=email).delete()[0]


def _purge(now: datetime) -> int:
    """Take back the roles at single desks whose registrations are no longer kept, and those of closed accounts."""
    at_desks = RoleAssignment.objects.filter(desk__isnull=False).select_related("desk")
    over = [row.pk for row in at_desks if row.desk and is_past_retention(row.desk, now)]
    ended = RoleAssignment.objects.filter(pk__in=over) | RoleAssignment.objects.filter(user__is_active=False)
    return ended.delete()[0]


def _invitations(email: str) -> list[dict[str, object]]:
    return [
        {
            "title": row.desk.title,
            "role": row.role,
            "invited": row.created_at.isoformat(),
            "accepted": row.accepted_at.isoformat() if row.accepted_at else "",
        }
        for row in DeskInvitation.objects.filter(email=email).select_related("desk")
    ]


def _erase_invitations(email: str) -> int:
    return DeskInvitation.objects.filter(email=email).delete()[0]


ROLE_STORE = PersonalDataStore(
    "roles", _roles, _erase, purge=_purge, models=("verkosto_registrations.RoleAssignment",)
)
# The scheduled work deletes them some time after their end: ``domain.desk_invitations.delete_ended``.
COLLEAGUE_INVITATION_STORE = PersonalDataStore(
    "colleague_invitations",
    _invitations,
    _erase_invitations,
    models=("verkosto_registrations.DeskInvitation",),
)
