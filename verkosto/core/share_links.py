"""Links for sharing a page by email and on other services.

They are plain links: nothing is loaded from a service, so it learns of a visitor only when the link is followed.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.models import Page

#: Name of each service and its address pattern. The setting SHARE_SERVICES overrides these.
SERVICES = (
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("Mastodon", "https://share.joinmastodon.org/#text={title}%20{url}"),
)


@dataclass(frozen=True, slots=True)
class ShareLink:
    label: str | Promise
    url: str
    is_external: bool = True


def share_links(page: Page) -> list[ShareLink]:
    """Return links that share the page: one for email, one for each service. Empty for a page without a URL."""
    address = page.full_url
    if not address:
        return []
    parameters = {"title": quote(page.title, safe=""), "url": quote(address, safe="")}
    email = ShareLink(
        gettext_lazy("By email"), "mailto:?subject={title}&body={url}".format(**parameters), is_external=False
    )
    services = getattr(settings, "SHARE_SERVICES", SERVICES)
    return [email, *(ShareLink(name, pattern.format(**parameters)) for name, pattern in services)]
