"""``translate`` and ``blocktranslate`` for public pages, loaded after Django's ``i18n``.

In a language into which our texts are not translated, the interface stands in English: all of it, also the words that
Django and Wagtail have in that language, and each text is marked with its language (WCAG 2.2 SC 3.1.2, Language of
Parts). A text in an attribute or a title cannot be marked: there, the element should have the language.
"""

import re
from collections.abc import Callable

from django.template import Context, Library, Node
from django.template.base import Parser, Token, TokenType
from django.templatetags.i18n import do_block_translate, do_translate
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from verkosto.core.html import in_interface_language, interface_errors
from verkosto.core.locales import interface_language

register = Library()


@register.simple_tag
def interface_lang_attribute() -> SafeString:
    """Return ``lang`` for an element with a label of the interface, where that is not in the language of the page."""
    active = get_language() or ""
    language = interface_language(active)
    return SafeString("") if language == active else format_html(' lang="{}"', language)


@register.simple_tag
def page_lang_attribute() -> SafeString:
    """Return ``lang`` for the content of such an element: the language of the page."""
    active = get_language() or ""
    return SafeString("") if interface_language(active) == active else format_html(' lang="{}"', active)


# What stands after a text that cannot hold an element: the end of the tag that it is in, or of such an element.
NO_ELEMENT_HERE = re.compile(r"[^<>]*(?:>|</(?:title|option|textarea|script|style)\b)")


@register.filter
def interface_text(text: str | Promise) -> str | Promise:
    """Mark up the name or the explanation of a form field of ours with its language. Those that editors wrote stay."""
    return in_interface_language(text) if isinstance(text, Promise) else text


@register.filter
def interface_choice(text: str) -> str | Promise:
    """Mark up the name of a choice (``get_kind_display``) with its language."""
    return in_interface_language(text)


@register.filter
def interface_message(text: str | Promise) -> str | Promise:
    """Mark up a text of the interface that a view made with its language."""
    return in_interface_language(text)


register.filter("interface_errors", interface_errors)


class InterfaceTextNode(Node):
    """A text of the interface. ``can_be_marked`` tells whether it stands where an element may."""

    def __init__(self, node: Node, *, can_be_marked: bool) -> None:
        self.node = node
        self.can_be_marked = can_be_marked and not getattr(node, "asvar", None)

    def render(self, context: Context) -> SafeString:
        language = interface_language(get_language() or "")
        if language == get_language():
            return mark_safe(self.node.render(context))  # noqa: S308 - a node's output is HTML
        with override(language):
            text = mark_safe(self.node.render(context))  # noqa: S308 - a node's output is HTML
        return format_html('<span lang="{}">{}</span>', language, text) if self.can_be_marked and text else text


def _marked(compile_tag: Callable[[Parser, Token], Node]) -> Callable[[Parser, Token], Node]:
    def compile_marked(parser: Parser, token: Token) -> Node:
        node = compile_tag(parser, token)
        # The parser takes its tokens from the end.
        tokens: list[Token] = parser.tokens  # type: ignore[assignment]  # the stubs of a parser leave them open
        following = "".join(each.contents for each in reversed(tokens) if each.token_type == TokenType.TEXT)
        return InterfaceTextNode(node, can_be_marked=not NO_ELEMENT_HERE.match(following))

    return compile_marked


for name, compile_tag in {
    "translate": do_translate,
    "trans": do_translate,
    "blocktranslate": do_block_translate,
    "blocktrans": do_block_translate,
}.items():
    register.tag(name, _marked(compile_tag))
