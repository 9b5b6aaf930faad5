"""Structured data for search engines, as JSON-LD (schema.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from verkosto.core.text import clean_line

if TYPE_CHECKING:
    from verkosto.core.models import BasePage

CONTEXT = "https://schema.org"
#: Characters that could end the script element or start another, with their JSON escapes.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_script_content(data: dict[str, object]) -> SafeString:
    """Return JSON that cannot leave its script element, whatever an editor wrote."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def breadcrumb_data(page: BasePage) -> dict[str, object] | None:
    """Return the way from the home page to a page as a schema.org/BreadcrumbList, or None for the home page itself."""
    ancestors = page.breadcrumbs
    if not ancestors:
        return None
    names = [gettext("Home"), *(clean_line(ancestor.title) for ancestor in ancestors[1:])]
    steps = [(name, ancestor.full_url) for name, ancestor in zip(names, ancestors, strict=True)]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate([*steps, (clean_line(page.title), page.full_url)], start=1)
        ],
    }
