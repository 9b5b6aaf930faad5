"""Makes the home page the root of the default site."""

from wagtail.models import Page, Site

from cms.demo.loader.library import Library


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
