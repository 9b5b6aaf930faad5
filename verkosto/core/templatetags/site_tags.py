from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from django import template
from django.template import RequestContext
from django.urls import reverse, translate_url
from django.utils.translation import gettext, override
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from verkosto.core.locales import (
    Alternate,
    active_language,
    alternates,
    home_path,
    language_name,
    site_languages,
)
from verkosto.core.models import BasePage
from verkosto.core.page_cache import has_session
from verkosto.core.sites import site_url
from verkosto.core.stylesheets import stylesheets as installed_stylesheets

register = template.Library()


@register.simple_tag(takes_context=True)
def language_versions(context: RequestContext) -> list[Alternate]:
    """Return every language of the site with the URL of the current page or view in it.

    For a page that does not exist, the URLs are those of the home pages. A view whose own address must not be repeated
    gives another as ``language_switcher_path`` in its context.
    """
    page = context.get("page")
    if isinstance(page, BasePage) and page.pk:
        return alternates(page)
    request = context.get("request")
    match = request and request.resolver_match
    is_view = bool(match and match.view_name and match.view_name != "wagtail_serve")
    current = active_language()
    path = context.get("language_switcher_path") or (request.get_full_path() if is_view and request else "")
    return [
        Alternate(
            language_code=code,
            language_name=language_name(code),
            url=translate_url(path, code) if path else home_path(code),
            title="",
            is_current=code == current,
        )
        for code in site_languages()
    ]


@register.simple_tag(name="home_path")
def home_path_tag(language_code: str) -> str:
    """Return the path of a language's home page. No query."""
    return home_path(language_code)


@register.simple_tag
def default_version(alternates: Iterable[Alternate]) -> str:
    """Return the URL of the first language that has the page, for hreflang's x-default, or ""."""
    return next((alternate.url for alternate in alternates or () if alternate.url), "")


@register.simple_tag(takes_context=True)
def aria_current(context: RequestContext, url: str) -> str:
    """Return the value of ``aria-current`` for a link of the menu: "page" on its page, "true" below it, else ""."""
    request = context.get("request")
    if request is None:
        return ""
    path = urlsplit(url).path
    if request.path == path:
        return "page"
    # Every page is below the home page.
    return "true" if path != home_path(active_language()) and request.path.startswith(path) else ""


@register.simple_tag(takes_context=True)
def user_bar(context: RequestContext) -> str:
    """Return Wagtail's user bar for signed-in users and in previews.

    The session is read only if the request has a session cookie, so that the response to others has no ``Vary: Cookie``.
    """
    request = context.get("request")
    if request is None:
        return ""
    return wagtailuserbar(context) if has_session(request) or getattr(request, "is_preview", False) else ""


@register.simple_tag
def constellation_image_url(page: BasePage) -> str:
    """Return the absolute URL of the PNG of a page's constellation."""
    return urljoin(page.full_url or site_url(), reverse("constellation_image", args=[page.constellation_key]))


@register.simple_tag
def missing_versions(alternates: Iterable[Alternate]) -> list[Alternate]:
    """Return the languages of the site in which the page is not published."""
    return [alternate for alternate in alternates or () if not alternate.url and not alternate.is_current]


@register.filter
def has_translations(language_code: str) -> bool:
    """Return whether our own texts are translated into a language, so that a sentence in it can be shown."""
    source = "This page is not in English."
    with override(language_code):
        return language_code.partition("-")[0] == "en" or gettext(source) != source


@register.simple_tag
def stylesheets() -> list[str]:
    """Return the paths of the installed apps' style sheets, in the order in which they build on each other."""
    return installed_stylesheets()
