"""What members of learning pairs report of their work together."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network_pages.models.membership import Membership
from network_pages.permissions import Permission, keys_for
from verkosto.core.users import AnyUser


class PairReportQuerySet(models.QuerySet["PairReport"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the reports by members of rounds whose members a user may see."""
        keys = keys_for(user, Permission.SEE)
        return self if keys is None else self.filter(membership__translation_key__in=keys)


class PairReport(models.Model):
    """What one member reports of a learning pair. Only the member and staff see it; it goes with the membership."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="pair_reports")
    # The pair's translation key, so that its language versions share the report.
    pair_key = models.UUIDField(_("learning pair"), db_index=True)
    text = models.TextField(_("report"))
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: Any = PairReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a learning pair")
        verbose_name_plural = _("reports of learning pairs")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "pair_key"], name="network_pages_pair_report_once")
        ]

    def __str__(self) -> str:
        # No person is in it: the audit log may keep this.
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()
