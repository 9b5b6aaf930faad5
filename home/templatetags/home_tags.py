from functools import partial

from django import template

from home.header_footer import HeaderFooter
from home.models import NewsPage, SiteSettings
from verkosto.core.content_cache import cached
from verkosto.core.locales import active_language

register = template.Library()


@register.simple_tag
def header_and_footer() -> HeaderFooter:
    """Return the header, footer and notice of the active language. No query until the content changes."""
    language = active_language()
    return cached(partial(SiteSettings.header_footer, language), "header-footer", language)


@register.filter
def is_older_than(page: NewsPage, months: int | None) -> bool:
    """Return whether news are older than a number of months; False for None."""
    return page.is_older_than(months)
