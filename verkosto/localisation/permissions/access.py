"""Who may work in which language. The permission to a language is the permission to edit pages of its tree."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale, Page, TranslatableMixin

from verkosto.localisation.upstream import is_locked_for

TRANSLATOR, REVIEWER = ROLES = ("translator", "reviewer")
SUBMIT = "wagtail_localize.submit_translation"


def locale_ids_for(user: Any) -> set[int]:
    """Return the pks of the locales of which the user may edit pages, all or some."""
    if not user.is_active:
        return set()
    if user.is_superuser:
        return set(Locale.objects.values_list("pk", flat=True))
    granted = GroupPagePermission.objects.filter(
        group__user=user, permission__codename__in=["add_page", "change_page", "publish_page"]
    ).values_list("page__depth", "page__locale_id")
    ids: set[int] = set()
    for depth, locale_id in granted:
        if depth == 1:  # the root above all trees
            return set(Locale.objects.values_list("pk", flat=True))
        ids.add(locale_id)
    return ids


def locales_for(user: Any) -> list[Locale]:
    ids = locale_ids_for(user)
    return [locale for locale in Locale.objects.order_by("pk") if locale.pk in ids]


def may_work_in(user: Any, locale_id: int) -> bool:
    """Return whether the user may change snippets of a language.

    A user without any page tree (a registrar, say) is bound to no language: the model's permission decides. But the
    groups of a language bind their members while that language has no tree yet.
    """
    own = locale_ids_for(user)
    return locale_id in own if own else not in_a_language_group(user)


def in_a_language_group(user: Any) -> bool:
    names = {group_name(role, locale) for role in ROLES for locale in Locale.objects.all()}
    return user.groups.filter(name__in=names).exists()


def group_name(role: str, locale: Locale) -> str:
    return f"{role.capitalize()}s ({locale.language_code})"


def may_submit(user: Any) -> bool:
    return user.has_perm(SUBMIT)


def translators_of(locale_id: int) -> QuerySet[Any]:
    """Return the users with permission to edit pages of the language's tree, without superusers."""
    pages = Page.objects.filter(locale_id=locale_id, depth__gt=1)
    groups = GroupPagePermission.objects.filter(permission__codename="change_page", page__in=pages).values("group")
    users: QuerySet[AbstractBaseUser] = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(groups__in=groups)).distinct().order_by(get_user_model().USERNAME_FIELD)


def require(allowed: object) -> None:
    """Raise PermissionDenied when it is not allowed."""
    if not allowed:
        raise PermissionDenied


def may_edit(user: Any, instance: TranslatableMixin) -> bool:
    """Return whether the user may edit this language version."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(f"{instance._meta.app_label}.change_{instance._meta.model_name}") and may_work_in(
        user, instance.locale_id
    )


def may_publish(user: Any, instance: TranslatableMixin) -> bool:
    """Return whether the user may publish this language version now."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish() and not is_locked_for(instance, user)
    return may_edit(user, instance)
