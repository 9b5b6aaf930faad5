"""The store of the roles of staff, for the registry of personal data: found by the address of their account."""

from datetime import datetime

from verkosto.registrations.models import RoleAssignment
from verkosto.registrations.privacy.personal_data import PersonalDataHolder
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


ROLE_STORE = PersonalDataHolder(
    "roles", _roles, _erase, purge=_purge, models=("verkosto_registrations.RoleAssignment",)
)
