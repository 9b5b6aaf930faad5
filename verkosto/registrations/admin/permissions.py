"""Who of the staff may do what with registrations. Who may publish a page: ``verkosto.core.publishing_rules``.

A permission to registrations is given to a group for a page and all pages below it, in every language; a role to a person
for such a page, or for one desk. The permission to edit a page gives none. Data is read through ``desks_for`` and
``desk_or_404``, which ask for it.
"""

from collections.abc import Iterable, Set
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.permission_policies.base import BasePermissionPolicy

from verkosto.core.users import AnyUser
from verkosto.registrations.domain.event_days import held_on, site_day, takes_place_on
from verkosto.registrations.enums import INVITED_ROLES, DeskRole
from verkosto.registrations.models import Desk, DeskAccess, RoleAssignment


class DeskPermission(models.TextChoices):
    """What staff may do with registrations. Each value has a field ``can_<value>`` in ``DeskAccess``."""

    SEE = "see", _("View")
    CHANGE = "change", _("Change")
    EXPORT = "export", _("Export")
    READ_SENSITIVE = "read_sensitive", _("Read sensitive answers")
    ERASE = "erase", _("Erase")
    # Names and who has come, on the day of the event. Those who may change registrations may do this on any day.
    CHECK_IN = "check_in", _("Check in on the day")
    # Retention, archives, data subject requests and the documents of data protection; no list of registrations.
    PROTECT_DATA = "protect_data", _("Answer for personal data")


_P = DeskPermission
#: What each role may do.
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    DeskRole.CHECK_IN: frozenset({_P.CHECK_IN}),
    DeskRole.READER: frozenset({_P.SEE}),
    DeskRole.REGISTRAR: frozenset({_P.SEE, _P.CHANGE, _P.EXPORT, _P.READ_SENSITIVE, _P.ERASE}),
    DeskRole.DATA_PROTECTION: frozenset({_P.PROTECT_DATA}),
}
#: Who may open the pages about retention and data subject requests.
OF_DATA_PROTECTION: tuple[str, ...] = (_P.SEE, _P.PROTECT_DATA)
#: These are of use without the permission to see.
INDEPENDENT = frozenset({_P.CHECK_IN, _P.PROTECT_DATA})


class Grant(NamedTuple):
    """One permission of a user: below the path of a page, or at one desk."""

    permission: str
    path: str = ""
    desk: int | None = None

    def covers(self, desk: Desk) -> bool:
        return self.desk == desk.pk if self.desk else desk.tree_path.startswith(self.path)


class DeskPermissionPolicy(BasePermissionPolicy):
    """Permissions by group and page subtree, whatever the language in which the subtree was chosen, and by person."""

    permission_cache_name = "_registrations_desk_permissions"

    def get_all_permissions_for_user(self, user: AnyUser) -> set[Grant]:
        """Return what an active user was given, in three queries. A superuser needs nothing."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return set()
        access = DeskAccess.objects.filter(group__user=user).select_related("page")
        roles = list(RoleAssignment.objects.filter(user=user).select_related("page"))
        given: list[tuple[Page, Set[str]]] = [(row.page, _permissions_of(row)) for row in access]
        given += [(row.page, ROLE_PERMISSIONS[row.role]) for row in roles if row.page]
        # A permission given on the Finnish page covers an event whose original is written under the Swedish one.
        versions = Page.objects.filter(translation_key__in={page.translation_key for page, _permissions in given})
        paths: dict[UUID, list[str]] = {}
        for key, path in versions.values_list("translation_key", "path") if given else ():
            paths.setdefault(key, []).append(path)
        below = {
            Grant(permission, path)
            for page, permissions in given
            for permission in permissions
            for path in paths[page.translation_key]
        }
        at_desks = {
            Grant(permission, desk=row.desk_id)
            for row in roles
            if row.desk_id
            for permission in ROLE_PERMISSIONS[row.role]
        }
        return below | at_desks

    def grants(self, user: AnyUser, permission: str) -> list[Grant]:
        """Return where a user who is no superuser has a permission."""
        return [grant for grant in self.get_cached_permissions_for_user(user) if grant.permission == permission]

    def paths(self, user: AnyUser, permission: str) -> tuple[str, ...]:
        """Return the paths of the pages below which a user who is no superuser has a permission."""
        return tuple(grant.path for grant in self.grants(user, permission) if not grant.desk)

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: AnyUser, actions: Iterable[str]) -> bool:
        if user.is_active and user.is_superuser:
            return True
        permissions = {grant.permission for grant in self.get_cached_permissions_for_user(user)}
        return not permissions.isdisjoint(_with_implying(actions))

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Desk) -> bool:
        if user.is_active and user.is_superuser:
            return True
        if action == DeskPermission.CHECK_IN:
            may_change = self.user_has_permission_for_instance(user, DeskPermission.CHANGE, instance)
            if may_change or not takes_place_on(instance, site_day()):
                return may_change
        return any(grant.covers(instance) for grant in self.grants(user, action))

    def instances_user_has_any_permission_for(self, user: AnyUser, actions: Iterable[str]) -> models.QuerySet[Desk]:
        if user.is_active and user.is_superuser:
            return Desk.objects.all()
        wanted, found = _with_implying(actions), Q(pk__in=[])
        for grant in self.get_cached_permissions_for_user(user):
            if grant.permission in wanted:
                place = Q(pk=grant.desk) if grant.desk else Q(tree_path__startswith=grant.path)
                found |= place & held_on(site_day()) if grant.permission == DeskPermission.CHECK_IN else place
        return Desk.objects.filter(found)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet:
        wanted, given = _with_implying(actions), Q()
        for action in wanted:
            of_group = Q(**{f"groups__desk_access__can_{action}": True})
            given |= of_group if action in INDEPENDENT else of_group & Q(groups__desk_access__can_see=True)
        roles = [role for role, permissions in ROLE_PERMISSIONS.items() if permissions & wanted]
        everyone = get_user_model().objects.filter(is_active=True)
        return everyone.filter(Q(is_superuser=True) | given | Q(desk_roles__role__in=roles)).distinct()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Desk) -> models.QuerySet:
        users = [
            user.pk
            for user in self.users_with_any_permission(actions)
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return get_user_model().objects.filter(pk__in=users)


def _permissions_of(row: DeskAccess) -> set[str]:
    """Return what a group may do below a page. Without the permission to see, most others give nothing."""
    permissions = {each for each in DeskPermission.values if getattr(row, f"can_{each}")}
    return permissions if row.can_see else permissions & INDEPENDENT


def _with_implying(actions: Iterable[str]) -> set[str]:
    """Return the actions, with the permission to change where people are checked in: it includes that."""
    wanted = {str(action) for action in actions}
    return wanted | {DeskPermission.CHANGE.value} if DeskPermission.CHECK_IN in wanted else wanted


policy = DeskPermissionPolicy(Desk)


def has_permission(user: AnyUser, permission: str, desk: Desk | None = None) -> bool:
    """Return whether a user has a permission to a desk; without a desk, to any desk."""
    if desk is None:
        return policy.user_has_permission(user, permission)
    return policy.user_has_permission_for_instance(user, permission, desk)


def desks_for(user: AnyUser, *permissions: str) -> models.QuerySet[Desk]:
    """Return the desks to which a user has one of the permissions; without any, those that they may see."""
    return policy.instances_user_has_any_permission_for(user, permissions or (DeskPermission.SEE,))


def desk_or_404(user: AnyUser, pk: int, *permissions: str) -> Desk:
    """Return a desk to which a user has permissions: without any, one that they may see.

    Raise Http404 where the first is missing, as for an unknown desk; PermissionDenied where a further one is.
    """
    desk = get_object_or_404(desks_for(user, *permissions[:1]), pk=pk)
    if not all(has_permission(user, permission, desk) for permission in permissions):
        raise PermissionDenied
    return desk


def roles_to_give(user: AnyUser, desk: Desk) -> list[DeskRole]:
    """Return the roles at a desk to which a user may invite a colleague: none that may do more than the user.

    It takes the permission to change the registrations, and Django's permission to add roles.
    """
    may_give = user.has_perm("verkosto_registrations.add_roleassignment")
    if not may_give or not has_permission(user, DeskPermission.CHANGE, desk):
        return []
    return [role for role in INVITED_ROLES if all(has_permission(user, each, desk) for each in ROLE_PERMISSIONS[role])]


def protects_all_data(user: AnyUser) -> bool:
    """Return whether a user answers for the personal data of the whole project: of every site."""
    if user.is_active and user.is_superuser:
        return True
    paths = policy.paths(user, DeskPermission.PROTECT_DATA)
    roots = Site.objects.values_list("root_page__path", flat=True)
    return bool(paths) and all(root.startswith(paths) for root in roots)


def countable_desks_of(user: AnyUser, page: Page) -> models.QuerySet[Desk]:
    """Return the desk of a page whose registrations a user may count: one who may edit the page, or see its desk.

    Who edits a page has to know what a change does to the registrations, and learns their number but no names.
    """
    if page.permissions_for_user(user).can_edit():
        return Desk.objects.filter(translation_key=page.translation_key)
    return desks_for(user).filter(translation_key=page.translation_key)
