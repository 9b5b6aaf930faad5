from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import reverse, translate_url
from wagtail import hooks
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from verkosto.core.locales import Alternate, active_language, alternates, language_name, site_languages
from verkosto.core.models import BasePage
from verkosto.core.sites import site_url
from verkosto.core.stylesheets import stylesheets as installed_stylesheets

register = template.Library()


@register.simple_tag(takes_context=True)
def language_versions(context: RequestContext) -> list[Alternate]:
    """Every language of the site with the address of what is being read: of its page, or of the view.

    Where nothing is found at an address, the languages lead to their front pages.
    """
    page = context.get("page")
    if isinstance(page, BasePage) and page.pk:
        return alternates(page)
    request = context.get("request")
    match = request and request.resolver_match
    is_view = bool(match and match.view_name and match.view_name != "wagtail_serve")
    current = active_language()
    return [
        Alternate(
            language_code=code,
            language_name=language_name(code),
            url=translate_url(request.get_full_path(), code) if is_view and request else f"/{code}/",
            title="",
            is_current=code == current,
        )
        for code in site_languages()
    ]


@register.simple_tag
def default_version(alternates: Iterable[Alternate]) -> str:
    """The address of the first language that has the page, for hreflang's x-default; "" where none has."""
    return next((alternate.url for alternate in alternates or () if alternate.url), "")


@register.simple_tag(takes_context=True)
def menu_state(context: RequestContext, url: str) -> str:
    """The value of aria-current for a link of the menu: "page" on its own page, "true" below it, else ""."""
    request = context.get("request")
    if request is None:
        return ""
    path = urlsplit(url).path
    if request.path == path:
        return "page"
    return "true" if path.count("/") > 2 and request.path.startswith(path) else ""


@register.simple_tag(takes_context=True)
def editor_bar(context: RequestContext) -> str:
    """Wagtail's user bar for those who are signed in, and in previews.

    It asks for the session only where the visitor brought one, so that the page of all others varies by no cookie.
    """
    request = context.get("request")
    if request is None:
        return ""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return wagtailuserbar(context) if signed_in or getattr(request, "is_preview", False) else ""


@register.simple_tag
def share_figure_url(page: BasePage) -> str:
    """The absolute address of the picture of a page's constellation."""
    return urljoin(page.full_url or site_url(), reverse("share_figure", args=[page.constellation_key]))


@register.simple_tag
def missing_versions(alternates: Iterable[Alternate]) -> list[Alternate]:
    """The languages of the site that lack the page."""
    return [alternate for alternate in alternates or () if not alternate.url and not alternate.is_current]


@register.simple_tag
def stylesheets() -> list[str]:
    """Return the paths of the installed apps' style sheets, in the order in which they build on each other."""
    return installed_stylesheets()


@register.simple_tag
def newer_original(page: BasePage) -> Page | None:
    """Return the live original of an outdated translation, as the hook ``verkosto_newer_original`` finds it, or None."""
    found = (find(page) for find in hooks.get_hooks("verkosto_newer_original"))
    return next((original for original in found if original is not None), None)
