"""Links to the latest draft of a page, for people without an account. They expire, and can be withdrawn.

The address holds the key of the link, signed (``django.core.signing``), so that links cannot be guessed. Who made and
withdrew a link is in the history of the page.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page

from verkosto.core.users import AnyUser

SALT = "verkosto.draft_link"
SHARED, WITHDRAWN = "verkosto.draft_link.create", "verkosto.draft_link.withdraw"
#: For how many days a link may be valid.
MAX_DAYS = 90


class DraftLink(models.Model):
    """A link that shows the latest draft of a page until ``expires_at``."""

    wagtail_reference_index_ignore = True  # a link does not use the page

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="draft_links")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        ordering = ["-expires_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.expires_at:%Y-%m-%d}"

    @property
    def path(self) -> str:
        """The path of the link. It is always the same, so that it can be copied again."""
        return reverse("shared_draft", args=[signing.Signer(salt=SALT).sign(str(self.pk))])


def valid_links() -> QuerySet[DraftLink]:
    """Return the links that have not expired."""
    return DraftLink.objects.filter(expires_at__gt=timezone.now())


def share(page: Page, *, days: int, user: AnyUser) -> DraftLink:
    """Make a link to the draft of a page that is valid for a number of days. Delete the page's expired links."""
    page.draft_links.filter(expires_at__lte=timezone.now()).delete()
    link = DraftLink.objects.create(page=page, expires_at=timezone.now() + timedelta(days=days))
    log(page, SHARED, user=user, data={"days": days})
    return link


def withdraw(link: DraftLink, *, user: AnyUser) -> None:
    """Make a link invalid at once."""
    log(link.page, WITHDRAWN, user=user)
    link.delete()


def find_link(token: str) -> DraftLink | None:
    """Return the valid link of an address, with its page; None if it has expired, was withdrawn or never existed."""
    try:
        pk = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return valid_links().filter(pk=pk).select_related("page__locale").first()


def register_log_actions(registry: LogActionRegistry) -> None:
    """Register what the history of a page says of its links. For the hook ``register_log_actions``."""

    @registry.register_action(SHARED)
    class Shared(LogFormatter):
        label = message = _("Share the draft by a link")

    @registry.register_action(WITHDRAWN)
    class Withdrawn(LogFormatter):
        label = message = _("Withdraw a link to the draft")
