"""Old addresses lead on only where there was something to link to.

A translation begins as a copy under the original's slug and gets its own when it is first published. Wagtail would
leave a redirect from the address that nobody ever saw.
"""

from __future__ import annotations

from typing import Any

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_slug_change
from wagtail.models import Page
from wagtail.signals import page_slug_changed


def redirect_what_was_public(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    if instance_before.live or instance_before.first_published_at:
        autocreate_redirects_on_slug_change(instance_before=instance_before, instance=instance, **kwargs)


def replace_wagtails() -> None:
    """Have Wagtail's receiver make way for ours, whichever of the two apps stands first in INSTALLED_APPS."""
    if not page_slug_changed.disconnect(autocreate_redirects_on_slug_change):
        # Wagtail's app is not ready yet, and will connect what it finds in its module.
        signal_handlers.autocreate_redirects_on_slug_change = redirect_what_was_public
        return
    page_slug_changed.connect(redirect_what_was_public)
