"""Adding a language to the site."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from verkosto.localisation.permissions.groups import create_groups
from verkosto.localisation.states.recount import recount


@transaction.atomic
def add_locale(code: str) -> tuple[Locale, list[Page], list[Group]]:
    """Create the locale, a draft home page to translate for every site, and the groups; safe to run again."""
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
    recount()
    return locale, roots, groups
