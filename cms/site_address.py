"""The one address of the site: ``SITE_URL`` and Wagtail's default site say the same.

Emails are made from ``SITE_URL``; canonical addresses, hreflang, sitemap, feeds and calendars from Wagtail's site.
"""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from wagtail.models import Site

logger = logging.getLogger(__name__)

DEFAULT_PORTS = {"http": 80, "https": 443}


def configured_address() -> tuple[str, int]:
    """Return the host name and port of ``SITE_URL``."""
    address = urlsplit(settings.SITE_URL)
    return address.hostname or "localhost", address.port or DEFAULT_PORTS.get(address.scheme, 80)


def set_address(site: Site) -> None:
    """Give a site, which is saved if it changes, the address in ``SITE_URL``."""
    if (site.hostname, site.port) != configured_address():
        site.hostname, site.port = configured_address()
        site.save()


def difference() -> str:
    """Return how the two addresses differ, or "" if they do not. One query."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return "There is no default site under Settings › Sites."
    if (site.hostname, site.port) == configured_address():
        return ""
    return f"The default site under Settings › Sites is {site.root_url}, and SITE_URL is {settings.SITE_URL}."


def log_difference() -> None:
    """Log an error if the addresses differ; nothing if the database cannot say. Closes the connection."""
    try:
        if found := difference():
            logger.error("%s Run manage.py start_site.", found)
    except DatabaseError:
        logger.warning("The address of the site was not checked: the database does not answer")
    finally:
        connection.close()  # a process that is forked from this one must not share it
