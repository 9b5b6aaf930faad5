import datetime

import factory
import wagtail_factories
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from home.models import AccessibilityPage, HomePage, NewsIndexPage, NewsPage, SiteSettings, StandardPage
from tests.factories.locales import in_language, locale
from tests.recordings import recorded


class BasePageFactory(wagtail_factories.PageFactory):
    """A published page in Finnish; give ``parent``."""

    title = factory.Sequence(lambda n: f"Sivu {n}")
    summary = "Tiivistelmä."
    locale = factory.LazyAttribute(lambda page: page.parent.locale if page.parent else locale("fi"))

    class Meta:
        abstract = True


class HomePageFactory(BasePageFactory):
    title = "Verkosto"

    class Meta:
        model = HomePage


class StandardPageFactory(BasePageFactory):
    class Meta:
        model = StandardPage


class AccessibilityPageFactory(BasePageFactory):
    title = "Saavutettavuusseloste"
    organisation = "Esimerkkivirasto"
    law = "lain (306/2019)"
    scope = "verkkosivustoa example.fi"
    prepared_on = datetime.date(2026, 1, 15)
    feedback_email = "saavutettavuus@example.fi"
    enforcement = "<p>Valvova viranomainen.</p>"
    enforcement_url = "https://valvonta.example.fi/"

    class Meta:
        model = AccessibilityPage


class NewsIndexPageFactory(BasePageFactory):
    title = "Ajankohtaista"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(BasePageFactory):
    published_on = datetime.date(2026, 3, 1)

    class Meta:
        model = NewsPage


class SiteSettingsFactory(DjangoModelFactory):
    name = "Verkosto"
    locale = factory.LazyFunction(lambda: locale("fi"))

    class Meta:
        model = SiteSettings


@recorded
def home_tree() -> dict[str, HomePage]:
    """A default site with published home pages in Finnish (the original), Swedish and English."""
    root = Page.get_first_root_node()
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    finnish = HomePageFactory(parent=root, slug="etusivu", locale=locale("fi"))
    site.root_page = finnish
    site.save()
    welcome.delete()
    return {
        "fi": finnish,
        "sv": in_language(finnish, "sv", slug="hem", title="Nätverket"),
        "en": in_language(finnish, "en", slug="home-en", title="The network"),
    }
