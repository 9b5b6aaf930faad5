"""Reviews of the applications to a round: criteria, reviewers, scores and conflicts of interest."""

from __future__ import annotations

from statistics import fmean
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_pages.permissions import Permission, keys_for
from verkosto.core.users import AnyUser
from verkosto.registrations.models import Registration

LOWEST, HIGHEST = 1, 5


class RoundReviewQuerySet(models.QuerySet["RoundReview"]):
    def managed_by(self, user: AnyUser) -> Self:
        """Return the reviews of rounds whose applications a user may both see and change."""
        found = self
        for permission in (Permission.SEE, Permission.CHANGE):
            keys = keys_for(user, permission)
            found = found if keys is None else found.filter(translation_key__in=keys)
        return found

    def of_reviewer(self, user: AnyUser) -> Self:
        """Return the reviews in which a user scores applications."""
        return self.filter(reviewers=user.pk) if user.is_active else self.none()


class RoundReview(models.Model):
    """How the applications to a round are reviewed. Its reviewers see the applications of this round and no others."""

    translation_key = models.UUIDField(_("round"), unique=True)
    # The criteria by which each application is scored, in their order.
    criteria = models.JSONField(_("criteria"), default=list)
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewers"), blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: Any = RoundReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a round")
        verbose_name_plural = _("reviews of rounds")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()


class Review(models.Model):
    """What one reviewer thinks of one application, or that they have a conflict of interest. Goes with the application."""

    round_review = models.ForeignKey(RoundReview, on_delete=models.CASCADE, related_name="reviews")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reviews")
    # None once the account has been deleted: the scores count still.
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # A score for each criterion, in the order of the criteria, and their mean.
    scores = models.JSONField(_("scores"), default=list, blank=True)
    mean = models.FloatField(
        _("mean"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
    )
    comment = models.TextField(_("comment"), blank=True)
    has_conflict = models.BooleanField(_("conflict of interest"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["registration", "reviewer"], name="network_pages_review_once"),
            models.CheckConstraint(
                condition=Q(has_conflict=True, mean=None, comment="") | Q(has_conflict=False, mean__isnull=False),
                name="network_pages_review_scores_or_conflict",
                violation_error_message=_("Give scores, or declare a conflict of interest."),
            ),
        ]

    def __str__(self) -> str:
        # No person is in it: the audit log may keep this.
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()


def mean_of(scores: list[int]) -> float | None:
    """Return the mean of scores; None where there are none."""
    return fmean(scores) if scores else None
