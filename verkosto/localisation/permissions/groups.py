"""The groups of one language, with the permissions of its translators and reviewers."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page

from verkosto.localisation.models import GlossaryTerm
from verkosto.localisation.permissions.access import REVIEWER, TRANSLATOR, group_name
from verkosto.localisation.states.language_versions import translatable_snippet_models

PAGE_RIGHTS = {TRANSLATOR: ["change_page"], REVIEWER: ["change_page", "publish_page"]}


@transaction.atomic
def create_groups(locale: Locale) -> list[Group]:
    """Create or complete the language's groups; to be run again for a new tree root or snippet model."""
    return [create_group(role, locale) for role in PAGE_RIGHTS]


def delete_groups(locale: Locale) -> None:
    """Delete the groups of a language that was removed; their members lose nothing else."""
    Group.objects.filter(name__in=[group_name(role, locale) for role in PAGE_RIGHTS]).delete()


def create_group(role: str, locale: Locale) -> Group:
    group, _created = Group.objects.get_or_create(name=group_name(role, locale))
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    glossary = ContentType.objects.get_for_model(GlossaryTerm)
    group.permissions.add(Permission.objects.get(content_type=glossary, codename="view_glossaryterm"))
    for model in translatable_snippet_models():
        content_type = ContentType.objects.get_for_model(model)
        # The guard restricts them to their own language.
        group.permissions.add(*Permission.objects.filter(content_type=content_type, codename__startswith="change_"))
    page_type = ContentType.objects.get_for_model(Page)
    for root in Page.objects.filter(depth=2, locale=locale):
        for codename in PAGE_RIGHTS[role]:
            permission = Permission.objects.get(content_type=page_type, codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    return group
