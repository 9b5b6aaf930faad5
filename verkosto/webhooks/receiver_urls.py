"""The URLs to which webhooks may be sent. They are checked when typed, and again at each delivery (``core.http_client``)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verkosto.core.http_client import is_sendable, target_of
from verkosto.webhooks import conf


def validate_url(url: str) -> None:
    """Raise ValidationError for a URL to which nothing would be sent."""
    try:
        target = target_of(url)
    except ValueError as error:
        raise ValidationError(_("Enter a full URL, such as https://crm.example.fi/webhooks.")) from error
    if target.scheme != "https" and not conf.allows_http():
        raise ValidationError(_("Enter a URL that begins with https://."))
    if not is_sendable(target.host, allow_private=conf.allows_private_networks()):
        raise ValidationError(_("Webhooks are only sent to public addresses. Enter the name of a public server."))
