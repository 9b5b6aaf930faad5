"""Redirects from the old URLs of pages that were public.

A new translation is a copy with the original's slug, and gets its own slug when it is first published. Wagtail alone
would create a redirect from the first URL, which was never public.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from verkosto.localisation.upstream import autocreate_redirects


def create_redirects_of_public_pages(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Receive `page_slug_changed` in place of Wagtail's receiver."""
    if instance_before.live or instance_before.first_published_at:
        autocreate_redirects(instance_before=instance_before, instance=instance, **kwargs)
