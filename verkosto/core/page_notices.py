"""Notices that installed apps show at the top of pages, through the hook ``register_verkosto_page_notices``.

A hook function returns the names of templates. Each is rendered with ``page`` in its context, and is empty if it does
not apply. The result is cached until the content changes.
"""

from functools import cache

from wagtail import hooks


@cache
def page_notice_templates() -> tuple[str, ...]:
    """Return the names of the templates that installed apps have registered."""
    return tuple(name for hook in hooks.get_hooks("register_verkosto_page_notices") for name in hook())
