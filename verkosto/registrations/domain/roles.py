"""Giving a person a role at desks, and taking it back."""

from django.contrib.auth.models import Permission

from verkosto.core.accounts import SignedInUser
from verkosto.core.transactions import in_transaction
from verkosto.registrations.models import RoleAssignment


@in_transaction
def give_role(*, assignment: RoleAssignment) -> RoleAssignment:
    """Save a role, and let the person sign in to the admin. Return its row: the earlier one of a role they have already."""
    place = {"page": assignment.page, "desk": assignment.desk}
    found, _created = RoleAssignment.objects.get_or_create(
        user=assignment.user, role=assignment.role, **place, defaults={"given_by": assignment.given_by}
    )
    let_in(assignment.user)
    return found


def let_in(user: SignedInUser) -> None:
    """Let an account sign in to the admin, where it sees nothing without further rights."""
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    user.user_permissions.add(access)
