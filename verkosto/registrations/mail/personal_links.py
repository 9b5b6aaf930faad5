"""The personal links that the owner of an address may request: to registrations, and to what other apps add.

An app adds its own through the hook ``register_verkosto_personal_links``, which returns a list of ``PersonalLinks``.
"""

from collections.abc import Callable
from functools import cache

from django.urls import reverse
from django.utils import translation
from wagtail import hooks

from verkosto.core.page_urls import absolute_url
from verkosto.registrations.enums import TokenPurpose
from verkosto.registrations.models import Registration
from verkosto.registrations.tokens import issue_token

# Takes an address and a language, and returns (title, new link) of what the address may open, the latest first and at
# most ``MAX_LINKS``.
PersonalLinks = Callable[[str, str], list[tuple[str, str]]]
MAX_LINKS = 20


@cache
def other_links() -> list[PersonalLinks]:
    """Return the functions of all installed apps."""
    return [links for hook in hooks.get_hooks("register_verkosto_personal_links") for links in hook()]


def links_of(email: str, language: str) -> list[tuple[str, str]]:
    """Return (title, new link) of the registrations of an address, and of what other apps let it open."""
    rows = Registration.objects.of_address(email).filter(purged_at__isnull=True).select_related("desk")
    found = [
        (str(row.desk.version(language).get("title", "")), personal_link(row))
        for row in rows.order_by("-created_at")[:MAX_LINKS]
    ]
    return found + [link for links in other_links() for link in links(email, language)]


def personal_link(registration: Registration, opens: str = TokenPurpose.MANAGE) -> str:
    """Return a new personal link to a registration, or to its feedback form.

    The link is not stored: it exists only in the mail.
    """
    name = "feedback_enter" if opens == TokenPurpose.FEEDBACK else "enter"
    token = issue_token(registration=registration, purpose=opens)
    with translation.override(registration.language):
        return absolute_url(reverse(f"verkosto_registrations:{name}", args=[token]))
