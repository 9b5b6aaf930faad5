"""Redirects from old addresses, only where there was something to link to.

A translation begins as a copy with the original's slug and gets its own when it is first published. Wagtail would
leave a redirect from an address that was never public.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from verkosto.localisation.upstream import autocreate_redirects


def create_redirects_of_public_pages(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Receive `page_slug_changed` in place of Wagtail's receiver."""
    if instance_before.live or instance_before.first_published_at:
        autocreate_redirects(instance_before=instance_before, instance=instance, **kwargs)
