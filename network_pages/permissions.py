"""Who of the staff may do what with members: what the registrations of the same page allow them, in every language."""

from uuid import UUID

from django.db.models import Q, QuerySet
from wagtail.models import Page

from verkosto.core.users import AnyUser
from verkosto.registrations.admin.permissions import DeskPermission, policy

Permission = DeskPermission


def keys_for(user: AnyUser, permission: str = Permission.SEE) -> QuerySet[Page] | None:
    """Return the translation keys of the pages whose members a user may see, change …; None for all pages."""
    if user.is_active and user.is_superuser:
        return None
    below = Q(pk__in=[])
    for path in policy.paths(user, permission):
        below |= Q(path__startswith=path)
    return Page.objects.filter(below).order_by().values("translation_key")


def may(user: AnyUser, permission: str, translation_key: UUID | None = None) -> bool:
    """Return whether a user has a permission to the members of a page; without a page, of any."""
    keys = keys_for(user, permission)
    if keys is None:
        return True
    return (keys if translation_key is None else keys.filter(translation_key=translation_key)).exists()
