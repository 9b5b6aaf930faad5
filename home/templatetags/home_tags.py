from django import template

from home.header_footer import Chrome, chrome
from verkosto.core.locales import active_language

register = template.Library()


@register.simple_tag
def site_chrome() -> Chrome:
    """The header, footer and notice of the active language."""
    return chrome(active_language())
