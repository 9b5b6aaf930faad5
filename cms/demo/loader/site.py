"""The default site: its root page and its host."""

from wagtail.models import Page, Site

from cms import site_address
from cms.demo.loader.nodes import Nodes, stable_key
from home.models import HomePage

LOCAL_HOSTS = {"localhost", "127.0.0.1"}


def has_other_pages() -> bool:
    """Return whether the default site has a home page that is not the demo's."""
    own = HomePage.objects.filter(sites_rooted_here__is_default_site=True)
    return own.exclude(translation_key=stable_key("home")).exists()


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
    site_address.set_address(site)
