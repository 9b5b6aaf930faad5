"""Who of the staff may do what with whose registrations. The right to edit a page gives none of these."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permission_policies.base import BasePermissionPolicy

from verkosto.registrations.models import Desk, DeskAccess


class Right(models.TextChoices):
    SEE = "see", _("View")
    CHANGE = "change", _("Change")
    EXPORT = "export", _("Export")
    READ_SENSITIVE = "read_sensitive", _("Read sensitive answers")
    ERASE = "erase", _("Erase")


class DeskPermissionPolicy(BasePermissionPolicy):
    """Rights by group and page subtree, whatever the language in which the subtree was chosen."""

    permission_cache_name = "_registrations_desk_rights"

    def get_all_permissions_for_user(self, user: Any) -> set[tuple[str, str]]:
        """(right, path of the subtree) of an active user, in two queries. A superuser needs none."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return set()
        access = list(DeskAccess.objects.filter(group__user=user).select_related("page"))
        # A right given on the Finnish page covers an event whose original is written under the Swedish one.
        versions = Page.objects.filter(translation_key__in={row.page.translation_key for row in access})
        paths: dict[Any, list[str]] = {}
        for key, path in versions.values_list("translation_key", "path") if access else ():
            paths.setdefault(key, []).append(path)
        return {
            (right, path)
            for row in access
            for right in Right.values
            # Nothing can be done with what one may not see.
            if row.can_see and getattr(row, f"can_{right}")
            for path in paths[row.page.translation_key]
        }

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        if user.is_active and user.is_superuser:
            return True
        rights = {right for right, _path in self.get_cached_permissions_for_user(user)}
        return not rights.isdisjoint(actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Desk) -> bool:
        if user.is_active and user.is_superuser:
            return True
        return any(
            right == action and instance.tree_path.startswith(path)
            for right, path in self.get_cached_permissions_for_user(user)
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Desk]:
        if user.is_active and user.is_superuser:
            return Desk.objects.all()
        below = Q(pk__in=[])
        for right, path in self.get_cached_permissions_for_user(user):
            if right in actions:
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


def may(user: Any, right: str, desk: Desk | None = None) -> bool:
    """Whether a user has a right to a desk; without one, to any desk."""
    if desk is None:
        return policy.user_has_permission(user, right)
    return policy.user_has_permission_for_instance(user, right, desk)


def desks_for(user: Any, right: str = Right.SEE) -> models.QuerySet[Desk]:
    """The desks to which a user has a right."""
    return policy.instances_user_has_permission_for(user, right)


def desk_or_404(user: Any, pk: int, *rights: str) -> Desk:
    """A desk that a user may see. Raises Http404 for others, PermissionDenied where a further right is missing."""
    desk = get_object_or_404(desks_for(user), pk=pk)
    if not all(may(user, right, desk) for right in rights):
        raise PermissionDenied
    return desk
