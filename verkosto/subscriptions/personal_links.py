"""The links in emails to followers. They are signed, not stored, so that a digest to thousands writes no rows for them.

Each kind of link has a signature of its own: the one-click link of an email's header, which mail providers see, does not
open the person's page.
"""

from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from verkosto.core.page_urls import absolute_url
from verkosto.subscriptions.conf import REQUEST_LIFETIME
from verkosto.subscriptions.models import Follower, FollowRequest

OPEN = Signer(salt="verkosto.subscriptions.open")
UNSUBSCRIBE = Signer(salt="verkosto.subscriptions.unsubscribe")
CONFIRM = Signer(salt="verkosto.subscriptions.confirm")


def personal_link(follower: Follower, language: str = "") -> str:
    """Return the link that opens the page of a follower."""
    return _link("enter", OPEN.sign(str(follower.reference)), language or follower.language)


def unsubscribe_link(follower: Follower) -> str:
    """Return the link to which a mail program posts to end everything (RFC 8058)."""
    return _link("unsubscribe", UNSUBSCRIBE.sign(str(follower.reference)), follower.language)


def confirm_link(request: FollowRequest) -> str:
    """Return the link with which the owner of an address confirms a request."""
    return _link("confirm", CONFIRM.sign(str(request.pk)), request.language)


def find_follower(token: str, signer: Signer = OPEN) -> Follower | None:
    """Return the follower of a link; None for an altered link, and for one who follows nothing any more."""
    try:
        return Follower.objects.filter(reference=signer.unsign(token)).first()
    except BadSignature:
        return None


def find_request(token: str) -> FollowRequest | None:
    """Return the request of a link; None for an altered link, and for a request that is confirmed or too old."""
    try:
        pk = CONFIRM.unsign(token)
    except BadSignature:
        return None
    return waiting_requests().filter(pk=pk).first()


def waiting_requests() -> models.QuerySet[FollowRequest]:
    """Return the requests that can still be confirmed."""
    return FollowRequest.objects.filter(created_at__gt=timezone.now() - REQUEST_LIFETIME)


def links_of_follower(email: str, language: str) -> list[tuple[str, str]]:
    """Return (title, link) for an address that follows something, for whoever asks for their personal links."""
    from_address = Follower.objects.filter(email=email)
    with override(language):
        title = Follower._meta.app_config.verbose_name
        return [(str(title), personal_link(follower, language)) for follower in from_address]


def _link(name: str, token: str, language: str) -> str:
    with override(language):
        return absolute_url(reverse(f"verkosto_subscriptions:{name}", args=[token]))
