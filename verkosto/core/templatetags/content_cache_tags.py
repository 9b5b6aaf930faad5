from typing import Any
from uuid import uuid4

from django import template
from django.core.cache import cache
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.safestring import SafeString

from verkosto.core import content_cache

register = template.Library()


@register.simple_tag(takes_context=True)
def content_version(context: Context) -> str:
    """Return the content version for `{% cache %}`, or in a preview a value that is never used again.

    All parts of a page are of the version that it began with: it is read once for the response to a GET, which changes
    nothing.
    """
    request = context.get("request")
    if getattr(request, "is_preview", False):
        return uuid4().hex
    if request is None or request.method != "GET":
        return content_cache.content_version()
    if not hasattr(request, "content_version"):
        request.content_version = content_cache.content_version()
    return str(request.content_version)


class PagePartNode(Node):
    """A part of a page that its content alone determines: the same for every visitor, whatever the query."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        page: Any = context.get("page")
        # Only of a page that routing found at its own path: a view may show something else of a page, or at another path.
        if not getattr(page, "language_versions", None):
            return self.nodelist.render(context)
        key = f"page-part:{self.name}:{page.pk}:{content_version(context)}"
        rendered: SafeString | None = cache.get(key)
        if rendered is None:
            rendered = self.nodelist.render(context)
            cache.set(key, rendered, content_cache.SECONDS)
        return rendered


@register.tag
def page_part(parser: Parser, token: Token) -> PagePartNode:
    """Cache a part of a page by content version: `{% page_part breadcrumbs %}…{% endpage_part %}`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endpage_part",))
    parser.delete_first_token()
    return PagePartNode(name, nodelist)
