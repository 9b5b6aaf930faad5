"""Who of the staff may do what with registrations. Who may publish a page: ``verkosto.core.publish_guards``.

A permission to registrations is given to a group for a page and all pages below it, in every language. The permission to
edit a page gives none. Data is read through ``desks_for`` and ``desk_or_404``, which ask for it.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permission_policies.base import BasePermissionPolicy

from verkosto.core.accounts import AnyUser
from verkosto.registrations.models import Desk, DeskAccess


class DeskPermission(models.TextChoices):
    """What staff may do with registrations. Each value has a field ``can_<value>`` in ``DeskAccess``."""

    SEE = "see", _("View")
    CHANGE = "change", _("Change")
    EXPORT = "export", _("Export")
    READ_SENSITIVE = "read_sensitive", _("Read sensitive answers")
    ERASE = "erase", _("Erase")


class DeskPermissionPolicy(BasePermissionPolicy):
    """Permissions by group and page subtree, whatever the language in which the subtree was chosen."""

    permission_cache_name = "_registrations_desk_permissions"

    def get_all_permissions_for_user(self, user: AnyUser) -> set[tuple[str, str]]:
        """Return (permission, path of the subtree) of an active user, in two queries. A superuser needs none."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return set()
        access = list(DeskAccess.objects.filter(group__user=user).select_related("page"))
        # A permission given on the Finnish page covers an event whose original is written under the Swedish one.
        versions = Page.objects.filter(translation_key__in={row.page.translation_key for row in access})
        paths: dict[int, list[str]] = {}
        for key, path in versions.values_list("translation_key", "path") if access else ():
            paths.setdefault(key, []).append(path)
        return {
            (permission, path)
            for row in access
            for permission in DeskPermission.values
            # Without the permission to see, the others give nothing.
            if row.can_see and getattr(row, f"can_{permission}")
            for path in paths[row.page.translation_key]
        }

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: AnyUser, actions: Iterable[str]) -> bool:
        if user.is_active and user.is_superuser:
            return True
        permissions = {permission for permission, _path in self.get_cached_permissions_for_user(user)}
        return not permissions.isdisjoint(actions)

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Desk) -> bool:
        if user.is_active and user.is_superuser:
            return True
        return any(
            permission == action and instance.tree_path.startswith(path)
            for permission, path in self.get_cached_permissions_for_user(user)
        )

    def instances_user_has_any_permission_for(self, user: AnyUser, actions: Iterable[str]) -> models.QuerySet[Desk]:
        if user.is_active and user.is_superuser:
            return Desk.objects.all()
        below = Q(pk__in=[])
        for permission, path in self.get_cached_permissions_for_user(user):
            if permission in actions:
                below |= Q(tree_path__startswith=path)
        return Desk.objects.filter(below)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet:
        given = Q()
        for action in actions:
            given |= Q(**{f"groups__desk_access__can_{action}": True})
        everyone = get_user_model().objects.filter(is_active=True)
        return everyone.filter(Q(is_superuser=True) | (given & Q(groups__desk_access__can_see=True))).distinct()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Desk) -> models.QuerySet:
        users = [
            user.pk
            for user in self.users_with_any_permission(actions)
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return get_user_model().objects.filter(pk__in=users)


policy = DeskPermissionPolicy(Desk)


def has_permission(user: AnyUser, permission: str, desk: Desk | None = None) -> bool:
    """Return whether a user has a permission to a desk; without a desk, to any desk."""
    if desk is None:
        return policy.user_has_permission(user, permission)
    return policy.user_has_permission_for_instance(user, permission, desk)


def desks_for(user: AnyUser, permission: str = DeskPermission.SEE) -> models.QuerySet[Desk]:
    """Return the desks to which a user has a permission."""
    return policy.instances_user_has_permission_for(user, permission)


def desk_or_404(user: AnyUser, pk: int, *permissions: str) -> Desk:
    """Return a desk that a user may see.

    Raise Http404 for other desks, PermissionDenied where a further permission is missing.
    """
    desk = get_object_or_404(desks_for(user), pk=pk)
    if not all(has_permission(user, permission, desk) for permission in permissions):
        raise PermissionDenied
    return desk


def countable_desks_of(user: AnyUser, page: Page) -> models.QuerySet[Desk]:
    """Return the desk of a page whose registrations a user may count: one who may edit the page, or see its desk.

    Who edits a page has to know what a change does to the registrations, and learns their number but no names.
    """
    if page.permissions_for_user(user).can_edit():
        return Desk.objects.filter(translation_key=page.translation_key)
    return desks_for(user).filter(translation_key=page.translation_key)
