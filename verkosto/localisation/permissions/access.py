"""Who may work in which language, and on which pages: what a list shows and an action changes is asked page by page."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import GroupPagePermission, Locale, Page, TranslatableMixin, WorkflowMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from verkosto.core.users import AnyUser, SignedInUser
from verkosto.localisation.models import TranslationState, TranslationStateQuerySet
from verkosto.localisation.states.language_versions import translatable_snippet_models
from verkosto.localisation.upstream import is_locked_for

TRANSLATOR, REVIEWER = ROLES = ("translator", "reviewer")
SUBMIT = "wagtail_localize.submit_translation"


def locale_ids_for(user: AnyUser) -> set[int]:
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


def may_translate(user: AnyUser) -> bool:
    """Return whether the user may edit pages of any language. No query for a superuser."""
    return bool(user.is_active and (user.is_superuser or locale_ids_for(user)))


def editable_pages(user: AnyUser) -> QuerySet[Page]:
    """Return the pages that the user may change, in every language."""
    pages: QuerySet[Page] = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return pages


def states_for(user: AnyUser) -> TranslationStateQuerySet:
    """Return the states of the versions that the user may change: pages of their subtrees, snippets of their languages.

    A version that does not exist is shown to those who may change its original, or the root of its language.
    """
    if user.is_superuser:
        return TranslationState.objects.all()
    pages = editable_pages(user)
    versions = pages.filter(translation_key=OuterRef("translation_key"))
    roots = pages.filter(depth=2).values("locale")
    missing = Q(state=TranslationState.State.MISSING)
    originals = TranslationState.objects.originals().filter(
        Exists(versions.filter(locale=OuterRef("locale"))), translation_key=OuterRef("translation_key")
    )
    of_pages = Exists(versions.filter(locale=OuterRef("locale"))) | (
        missing & (Q(locale__in=roots) | Exists(originals))
    )
    types = editable_snippet_types(user)
    of_snippets = Q(content_type__in=types, locale__in=snippet_locale_ids(user) if types else [])
    return TranslationState.objects.filter(Q(is_page=True) & of_pages | Q(is_page=False) & of_snippets)


def editable_snippet_types(user: AnyUser) -> list[ContentType]:
    """Return the types of the translatable snippets that the user may change."""
    allowed = (model for model in translatable_snippet_models() if user.has_perm(change_permission(model)))
    return list(ContentType.objects.get_for_models(*allowed).values())


def shows(user: AnyUser, state: TranslationState) -> bool:
    """Return whether lists show a state to the user, who may then act on it."""
    return states_for(user).filter(pk=state.pk).exists()


def change_permission(model: type[models.Model]) -> str:
    """Return the name of the permission to change rows of a model."""
    return f"{model._meta.app_label}.change_{model._meta.model_name}"


def may_work_in(user: AnyUser, locale_id: int) -> bool:
    """Return whether the user may change snippets of a language, where they have the model's permission."""
    return locale_id in snippet_locale_ids(user)


def snippet_locale_ids(user: AnyUser) -> set[int]:
    """Return the pks of the locales of which the user may change snippets.

    A user without any page tree (a registrar, say) is bound to no language: the model's permission decides. But the
    groups of a language bind their members while that language has no tree yet.
    """
    own = locale_ids_for(user)
    if own or in_a_language_group(user):
        return own
    return set(Locale.objects.values_list("pk", flat=True))


def in_a_language_group(user: AnyUser) -> bool:
    names = {group_name(role, locale) for role in ROLES for locale in Locale.objects.all()}
    return user.groups.filter(name__in=names).exists()


def is_language_group(group: Group) -> bool:
    """Return whether it is the translators' or reviewers' group of a language."""
    return group.name in {group_name(role, locale) for role in ROLES for locale in Locale.objects.all()}


def group_name(role: str, locale: Locale) -> str:
    return f"{role.capitalize()}s ({locale.language_code})"


def may_submit(user: AnyUser) -> bool:
    return user.has_perm(SUBMIT)


def group_members(role: str, locale: Locale) -> QuerySet[SignedInUser]:
    """Return the active members of one of the language's groups, in the order of their names."""
    users: QuerySet[SignedInUser] = get_user_model()._default_manager.filter(is_active=True)
    members = Q(groups__name=group_name(role, locale))
    return users.filter(members).order_by(get_user_model().USERNAME_FIELD)


def translators_of(locale_id: int) -> QuerySet[SignedInUser]:
    """Return the users with permission to edit pages of the language's tree, without superusers."""
    pages = Page.objects.filter(locale_id=locale_id, depth__gt=1)
    groups = GroupPagePermission.objects.filter(permission__codename="change_page", page__in=pages).values("group")
    users: QuerySet[SignedInUser] = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(groups__in=groups)).distinct().order_by(get_user_model().USERNAME_FIELD)


def require(allowed: object) -> None:
    """Raise PermissionDenied when it is not allowed."""
    if not allowed:
        raise PermissionDenied


def may_edit(user: AnyUser, instance: TranslatableMixin) -> bool:
    """Return whether the user may edit this language version."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(change_permission(type(instance))) and may_work_in(user, instance.locale_id)


def may_publish(user: AnyUser, instance: TranslatableMixin) -> bool:
    """Return whether the user may publish this language version now."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish() and not is_locked_for(instance, user)
    return may_edit(user, instance)


def in_moderation(instance: TranslatableMixin) -> bool:
    """Return whether the page or snippet is in a workflow."""
    return isinstance(instance, WorkflowMixin) and instance.workflow_in_progress


def is_read_only(instance: TranslatableMixin, user: AnyUser) -> bool:
    """Return whether the strings cannot be edited now: the page is in moderation, or locked by another user."""
    if in_moderation(instance):
        return True
    return isinstance(instance, Page) and is_locked_for(instance, user)
