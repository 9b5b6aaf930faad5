"""Our own checks in Wagtail's content checker: what visitors of the previewed page are told that is probably a mistake.

Each finds elements of the page by a selector. The texts of the page are checked in the editor (``checklist``).
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.models import Page

#: (id, selector, what is wrong, what to do).
CHECKS: list[tuple[str, str, str | Promise, str | Promise]] = [
    (
        "verkosto-missing-translation",
        ".missing-languages > li",
        _("A language version is missing"),
        _("Visitors read that the page is not available in this language. Translate the page."),
    ),
    (
        "verkosto-registration-closed",
        ".facts .status--closed",
        _("Registration has closed"),
        _("The deadline or the event is past. Check the dates, or switch off the registration."),
    ),
]


class PageChecks(ContentCheckerItem):
    """Wagtail's checks, those of images, and our own."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", *(check[0] for check in CHECKS)]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        # "has-alt" is a check of axe that only images can pass, so every element that the selector finds fails it.
        *(
            {
                "id": name,
                "impact": "moderate",
                "selector": selector,
                "tags": ["best-practice"],
                "any": ["has-alt"],
                "enabled": True,
            }
            for name, selector, _wrong, _help in CHECKS
        ),
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Image without alternative text"),
            "help_text": _("Describe the image for people who cannot see it."),
        },
        **{name: {"error_name": wrong, "help_text": help_text} for name, _sel, wrong, help_text in CHECKS},
    }


def add_own_checks(request: HttpRequest, items: list[BaseItem], page: Page | None) -> None:
    """Replace Wagtail's content checker by ours. For the hook ``construct_wagtail_userbar``."""
    items[:] = [PageChecks(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]
