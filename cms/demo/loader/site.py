"""Makes the home page the root of the default site."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.demo.loader.library import Library

OWN_MACHINE = {"localhost", "127.0.0.1"}


def prepare_site(library: Library) -> None:
    """Point the default site at the Finnish home page, and take away Wagtail's own welcome page.

    A site whose host nobody has named yet gets that of ``SITE_URL``: full addresses are built from it.
    """
    home = library.page("home", "fi")
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page = home.page_ptr
    site.site_name = "Verkosto"
    if site.hostname in OWN_MACHINE:
        address = urlsplit(settings.SITE_URL)
        site.hostname = address.hostname or site.hostname
        site.port = address.port or {"https": 443}.get(address.scheme, 80)
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
