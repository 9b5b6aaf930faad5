"""The default site: its root page and its host."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.demo.loader.nodes import Nodes

LOCAL_HOSTS = {"localhost", "127.0.0.1"}


def prepare_site(nodes: Nodes) -> None:
    """Make the Finnish home page the root of the default site, and delete Wagtail's welcome page."""
    home = nodes.page("home", "fi")
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page = home.page_ptr
    site.site_name = "Verkosto"
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()


def set_host() -> None:
    """Set the host and port of ``SITE_URL`` on a default site that has a local host.

    Full URLs are built from them, and the demo may be served at another port than before.
    """
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or site.hostname not in LOCAL_HOSTS:
        return
    address = urlsplit(settings.SITE_URL)
    host = address.hostname or site.hostname, address.port or {"https": 443}.get(address.scheme, 80)
    if host != (site.hostname, site.port):
        site.hostname, site.port = host
        site.save()
