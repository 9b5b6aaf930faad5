"""Who may do what, in which language. The right to a language is the right to edit pages of its tree."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale, Page

TRANSLATOR, REVIEWER = ROLES = ("translator", "reviewer")
SUBMIT = "wagtail_localize.submit_translation"


def locale_ids_for(user: Any) -> set[int]:
    """The locales whose pages, all or some, the user may edit."""
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


def works_in(user: Any, locale_id: int) -> bool:
    """Somebody with no tree at all (a registrar, say) is bound to no language: the model's permission, which somebody
    granted, decides. But a language's own groups bind also while that language has no tree.
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
    """Those whose work the language is: people with a right to its tree, superusers aside."""
    pages = Page.objects.filter(locale_id=locale_id, depth__gt=1)
    groups = GroupPagePermission.objects.filter(permission__codename="change_page", page__in=pages).values("group")
    users: QuerySet[AbstractBaseUser] = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(groups__in=groups)).distinct().order_by(get_user_model().USERNAME_FIELD)
