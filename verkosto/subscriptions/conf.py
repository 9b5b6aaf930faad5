"""Settings of this app, each with its default. A project needs to name none of them."""

from datetime import timedelta
from typing import Final

from django.conf import settings

DIGEST_HOUR: Final = 7
#: How long a request to follow something waits for its confirmation, and is kept.
REQUEST_LIFETIME: Final = timedelta(days=7)


def digest_hour() -> int:
    """Return the hour of the site's time zone at which daily and weekly emails are written (``VERKOSTO_DIGEST_HOUR``)."""
    return int(getattr(settings, "VERKOSTO_DIGEST_HOUR", DIGEST_HOUR))
