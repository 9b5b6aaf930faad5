"""Giving a person a role at desks, and what ends with it."""

from django.contrib.auth.models import Permission

from verkosto.core.transactions import in_transaction
from verkosto.registrations.models import RoleAssignment


@in_transaction
def give_role(*, assignment: RoleAssignment) -> RoleAssignment:
    """Save a role, and let the person sign in to the admin. Return its row: the earlier one of a role they have already."""
    place = {"page": assignment.page, "desk": assignment.desk}
    found, _created = RoleAssignment.objects.get_or_create(
        user=assignment.user, role=assignment.role, **place, defaults={"given_by": assignment.given_by}
    )
    access = _access()
    if not found.user.user_permissions.contains(access):
        found.user.user_permissions.add(access)
        found.gave_access = True
        found.save(update_fields=["gave_access"])
    return found


@in_transaction
def withdraw_access(*, ended: RoleAssignment) -> None:
    """Take back the access to the admin that a deleted role gave, or leave it with another role of the account."""
    if not ended.gave_access:
        return
    remaining = RoleAssignment.objects.filter(user_id=ended.user_id).first()
    if remaining is None:
        _access().user_set.remove(ended.user_id)
        return
    remaining.gave_access = True
    remaining.save(update_fields=["gave_access"])


def _access() -> Permission:
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
