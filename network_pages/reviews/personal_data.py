"""Reviews as a store of personal data: what was said of an application. They go with the application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from wagtail.models import Page

from network_pages.models.review import Review, RoundReview
from verkosto.registrations.models import Registration
from verkosto.registrations.privacy.redaction import redacted

ERASED = Q(registration__purged_at__isnull=False)


def reviews_of(email: str) -> list[dict[str, object]]:
    """Return what reviewers said of the applications of an address, as JSON, without the reviewers' names."""
    rows = Review.objects.filter(registration__in=Registration.objects.of_address(email), has_conflict=False)
    return [
        {
            "scores": dict(zip(row.round_review.criteria, row.scores, strict=False)),
            "comment": row.comment,
            "changed": row.updated_at.isoformat(),
        }
        for row in rows.select_related("round_review").order_by("pk")
    ]


def erase_reviews(email: str) -> int:
    """Delete the reviews of the applications of an address. Return how many, with those whose person is erased already."""
    own = Q(registration__in=Registration.objects.of_address(email))
    return _delete(own | ERASED)


def redact_reviews(names: Sequence[str]) -> int:
    """Remove an address and names from comments, and delete reviews whose person was just erased. Return how many."""
    changed = _delete(ERASED)
    for row in Review.objects.exclude(comment="").iterator(chunk_size=500):
        after = redacted(row.comment, names)
        if after != row.comment:
            Review.objects.filter(pk=row.pk).update(comment=after)
            changed += 1
    return changed


def purge_reviews(now: datetime) -> int:
    """Delete the reviews of applications whose person has been erased, and of rounds that are gone. Return how many."""
    gone = RoundReview.objects.exclude(translation_key__in=Page.objects.order_by().values("translation_key"))
    return _delete(ERASED) + int(gone.delete()[1].get(Review._meta.label, 0))


def _delete(condition: Q) -> int:
    return int(Review.objects.filter(condition).delete()[1].get(Review._meta.label, 0))
