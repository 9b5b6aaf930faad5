"""Makes the home page the root of the default site."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.demo.loader.library import Library

OWN_MACHINE = {"localhost", "127.0.0.1"}


def prepare_site(library: Library) -> None:
    """Point the default site at the Finnish home page, and take away Wagtail's own welcome page."""
    home = library.page("home", "fi")
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page = home.page_ptr
    site.site_name = "Verkosto"
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()


def name_host() -> None:
    """Give a site whose host nobody has named yet that of ``SITE_URL``: full addresses are built from it, and a demo
    may be served at another port than the last time."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or site.hostname not in OWN_MACHINE:
        return
    address = urlsplit(settings.SITE_URL)
    host = address.hostname or site.hostname, address.port or {"https": 443}.get(address.scheme, 80)
    if host != (site.hostname, site.port):
        site.hostname, site.port = host
        site.save()
