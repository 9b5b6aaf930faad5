"""The receivers of webhooks as recipients of personal data, for the documents of data protection."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from verkosto.registrations.models import Desk
from verkosto.registrations.privacy.processing import Recipient
from verkosto.webhooks.models import Endpoint
from verkosto.webhooks.outbox import Audience
from verkosto.webhooks.webhook_events import webhook_events

#: The events whose messages have personal data, for the endpoints that include it: see ``payloads.body_of``.
ABOUT_PERSONS = "registration."


def recipients() -> list[Recipient]:
    """Return the active endpoints that get names and addresses, each with the host that it is at. Two queries."""
    audience = Audience()
    found = [endpoint for endpoint in audience.endpoints if endpoint.includes_personal_data]
    return [_recipient(endpoint, audience) for endpoint in found if _events(endpoint)]


def _events(endpoint: Endpoint) -> list[str]:
    return [name for name in webhook_events() if name.startswith(ABOUT_PERSONS) and name in endpoint.events]


def _recipient(endpoint: Endpoint, audience: Audience) -> Recipient:
    first = _events(endpoint)[0]

    def receives(desk: Desk) -> bool:
        return endpoint in audience.of(first, [desk.tree_path])

    name = _("%(name)s at %(host)s (name, email address, organisation)")
    return Recipient(name=name % {"name": endpoint.name, "host": urlsplit(endpoint.url).hostname}, receives=receives)
