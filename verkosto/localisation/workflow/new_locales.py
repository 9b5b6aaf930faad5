"""The use case of adding a language to the site."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count
from wagtail.models import GroupPagePermission, Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from verkosto.core.originals import is_original
from verkosto.localisation.models import BulkSubmissionItem
from verkosto.localisation.permissions.access import is_language_group
from verkosto.localisation.permissions.groups import create_groups
from verkosto.localisation.states.recount import recount, recount_once
from verkosto.localisation.workflow.bulk_submission import submit_page


@transaction.atomic
def add_locale(code: str) -> tuple[Locale, list[Page], list[Group]]:
    """Create a locale, a draft of every site's home page in it, and the groups of its editors and translators.

    It can be run again. Return the locale, the home pages and the groups.
    """
    locale, _created = Locale.objects.get_or_create(language_code=code)
    roots = []
    for site in Site.objects.select_related("root_page"):
        original = site.root_page.specific
        root = original.get_translation_or_none(locale)
        if root is None:
            source, _created = TranslationSource.get_or_create_from_instance(original)
            translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
            translation.save_target(publish=False)
            root = original.get_translation(locale)
        roots.append(root)
    groups = create_groups(locale)
    for root in roots:
        give_editors_the_new_tree(root)
    recount()
    return locale, roots, groups


def give_editors_the_new_tree(root: Page) -> None:
    """Give groups that have a permission on all other versions of a home page the same permission on a new version.

    Groups of one language, which have it only on their own language's home page, are left out.
    """
    others = Page.objects.translation_of(root, inclusive=False).filter(alias_of__isnull=True)
    held = GroupPagePermission.objects.filter(page__in=others).values("group_id", "permission_id")
    for row in held.annotate(roots=Count("page", distinct=True)).filter(roots=others.count()).order_by():
        if others.count() > 1 or not is_language_group(Group.objects.get(pk=row["group_id"])):
            GroupPagePermission.objects.get_or_create(
                group_id=row["group_id"], permission_id=row["permission_id"], page=root
            )


def submit_everything(locale: Locale) -> tuple[int, list[str]]:
    """Submit every original page for translation into a language, whatever language it was written in.

    Parents come before their subpages. Return how many were submitted, and a line for each page that failed, with the
    reason. Snippets are not submitted: until somebody translates them, pages show them in the original's language and
    say so.
    """
    submitted, failed = 0, []
    pages = Page.objects.filter(depth__gt=1, alias_of__isnull=True).order_by("depth", "path")
    with recount_once():
        for page in pages.specific().iterator():
            if not is_original(page):
                continue
            try:
                with transaction.atomic():
                    outcome, _reason = submit_page(page, [locale], None)
            except Exception as error:  # every error is reported with its page; none may stop the others
                failed.append(f"{page}: {type(error).__name__}: {error}")
            else:
                submitted += outcome == BulkSubmissionItem.Outcome.SUBMITTED
    return submitted, failed
