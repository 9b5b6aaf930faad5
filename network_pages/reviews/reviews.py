"""The use cases of a review, and what is read of it. Rights are asked here, where the data is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Abs, Sqrt

from network_pages.models.review import Review, RoundReview, mean_of
from verkosto.core.users import AnyUser, SignedInUser
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.models import Registration

#: Applications in these statuses are reviewed: they can still be decided on, or were decided on.
REVIEWED: Final = (
    RegistrationStatus.AWAITING_APPROVAL,
    RegistrationStatus.CONFIRMED,
    RegistrationStatus.WAITING,
    RegistrationStatus.DECLINED,
)
#: The columns by which the ranking can be sorted.
SORTABLE: Final = ("mean", "spread", "number", "name")


class ConflictDeclared(Exception):
    """The reviewer has declared a conflict of interest: the application is closed to them."""


class CriteriaInUse(Exception):
    """Scores have been given by the criteria: they can no longer be changed."""


def possible_reviewers() -> QuerySet[User]:
    """Return the active accounts that can sign in to the admin."""
    may_enter = Q(is_superuser=True) | Q(groups__permissions__codename="access_admin")
    everyone = get_user_model()._default_manager.filter(is_active=True)
    return everyone.filter(may_enter | Q(user_permissions__codename="access_admin")).distinct()


@transaction.atomic
def set_up_review(*, translation_key: UUID, criteria: Sequence[str], reviewers: Sequence[SignedInUser]) -> RoundReview:
    """Store the criteria and the reviewers of a round. Raises CriteriaInUse for other criteria once there are scores."""
    review, _made = RoundReview.objects.select_for_update().get_or_create(translation_key=translation_key)
    if review.criteria != [*criteria] and review.reviews.filter(has_conflict=False).exists():
        raise CriteriaInUse
    review.criteria = [*criteria]
    review.save()
    review.reviewers.set(reviewers)
    return review


def applications(review: RoundReview) -> QuerySet[Registration]:
    """Return the applications that are reviewed, by organisation and name."""
    rows = Registration.objects.filter(
        desk__translation_key=review.translation_key, status__in=REVIEWED, purged_at__isnull=True
    )
    return rows.order_by("organisation", "name", "pk")


@transaction.atomic
def save_review(
    *, review: RoundReview, registration: Registration, reviewer: SignedInUser, scores: Sequence[int], comment: str
) -> Review:
    """Store a reviewer's scores (one for each criterion) and comment. Raises ConflictDeclared."""
    row = Review.objects.select_for_update().filter(registration=registration, reviewer=reviewer).first()
    if row is not None and row.has_conflict:
        raise ConflictDeclared
    row = row or Review(round_review=review, registration=registration, reviewer=reviewer)
    row.scores, row.mean, row.comment = [*scores], mean_of([*scores]), comment
    row.save()
    return row


@transaction.atomic
def declare_conflict(*, review: RoundReview, registration: Registration, reviewer: SignedInUser) -> None:
    """Store that a reviewer has a conflict of interest. Scores and comment that they gave before are removed."""
    Review.objects.update_or_create(
        registration=registration,
        reviewer=reviewer,
        defaults={"round_review": review, "scores": [], "mean": None, "comment": "", "has_conflict": True},
    )


@transaction.atomic
def withdraw_conflict(*, registration: Registration, reviewer: SignedInUser) -> None:
    """Remove a conflict of interest that was declared by mistake."""
    Review.objects.filter(registration=registration, reviewer=reviewer, has_conflict=True).delete()


def ranked(review: RoundReview, user: AnyUser, ordering: str = "-mean") -> QuerySet[Registration]:
    """Return the applications with ``mean``, ``spread`` (standard deviation), ``number`` and ``conflicts``; best first.

    ``is_closed`` is true where the user has declared a conflict of interest: they see no figures there.
    """
    scored = Q(reviews__has_conflict=False)
    own = Review.objects.filter(registration=OuterRef("pk"), reviewer=user.pk, has_conflict=True)
    rows = applications(review).annotate(
        mean=Avg("reviews__mean"),
        # The standard deviation; SQLite's own fails where there is no score.
        spread=Sqrt(Abs(Avg(F("reviews__mean") * F("reviews__mean")) - Avg("reviews__mean") * Avg("reviews__mean"))),
        number=Count("reviews", filter=scored),
        conflicts=Count("reviews", filter=~scored),
        is_closed=Exists(own),
    )
    column = ordering.removeprefix("-")
    if column not in SORTABLE:
        ordering, column = "-mean", "mean"
    order = F("organisation" if column == "name" else column)
    by = order.desc(nulls_last=True) if ordering.startswith("-") else order.asc(nulls_last=True)
    return rows.order_by(by, F("mean").desc(nulls_last=True), "pk")
