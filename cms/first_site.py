"""An empty site that works: a home page in each language, its address, and groups with rights."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms import site_address
from cms.groups import create_groups
from home.models import HomePage, SiteSettings
from verkosto.localisation.permissions.groups import create_groups as create_translator_groups
from verkosto.localisation.states.recount import recount


def start_site(*, name: str, languages: list[str], default: str) -> bool:
    """Create the site in these languages, with the default one as original. Return whether a home page was created.

    A site that has a home page keeps its pages and its name. Its address is set, missing languages and rights added.
    """
    with transaction.atomic():
        locales = [Locale.objects.get_or_create(language_code=code)[0] for code in [default, *languages]]
        locales = list(dict.fromkeys(locales))
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        home = HomePage.objects.filter(pk=site.root_page_id).first()
        created = home is None
        if home is None:
            home = _create_home(site, name, locales[0])
        site_address.set_address(site)
        for locale in locales:
            _translate(home, locale)
            _translate(_header_and_footer(name, locales[0]), locale)
        create_groups(HomePage.objects.filter(translation_key=home.translation_key).order_by("path"))
        for locale in locales if len(locales) > 1 else ():
            create_translator_groups(locale)
        recount()
    return created


def _create_home(site: Site, name: str, locale: Locale) -> HomePage:
    """Create and publish the home page, and make it the site's root in place of Wagtail's welcome page."""
    welcome = site.root_page if site.root_page_id else None
    with override(locale.language_code):
        home = HomePage(title=name, slug=f"home-{locale.language_code}", summary=_summary(), locale=locale, live=False)
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision(clean=True).publish()
    site.root_page, site.site_name = home.page_ptr, name
    site.hostname, site.port = site_address.configured_address()
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
    return home


def _header_and_footer(name: str, locale: Locale) -> SiteSettings:
    return SiteSettings.objects.get_or_create(locale=locale, defaults={"name": name})[0]


def _summary() -> str:
    return _("Networks, events and news.")


def _translate(original: Any, locale: Locale) -> None:
    """Create and publish the version of a page or snippet in a language, as a translator does; keep an existing one."""
    if original.get_translation_or_none(locale) is not None:
        return
    with override(original.locale.language_code):
        source_text = _summary()
    with override(locale.language_code):
        texts = {source_text: _summary()}
    source, _created = TranslationSource.update_or_create_from_instance(original)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            defaults={"data": texts.get(segment.string.data, segment.string.data)},
        )
    is_page = isinstance(original, Page)
    translation.save_target(publish=not is_page)
    if is_page:
        original.get_translation(locale).get_latest_revision().publish()
