from django import template

from base_pages.locales import active_language
from home.chrome import Chrome, chrome

register = template.Library()


@register.simple_tag
def site_chrome() -> Chrome:
    """The header, footer and notice of the active language."""
    return chrome(active_language())
