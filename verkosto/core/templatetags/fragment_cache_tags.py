from uuid import uuid4

from django import template
from django.template import RequestContext

from verkosto.core.content_version import generation

register = template.Library()


@register.simple_tag(takes_context=True)
def making(context: RequestContext) -> str:
    """What ``{% cache %}`` varies by, so that a part of a page is kept until the content changes; a preview's never."""
    if getattr(context.get("request"), "is_preview", False):
        return uuid4().hex
    return generation()
