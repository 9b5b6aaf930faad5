from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from verkosto.registrations.models import Desk, Invitation, Message, Question, Registration  # noqa: F401 - named in the generic bases, as strings

STALE_CLAIM = timedelta(minutes=10)


def is_over() -> Q:
    """The condition on a desk that what it is for has passed."""
    now = timezone.now()
    return Q(ends_at__lt=now) | Q(ends_at__isnull=True, starts_at__isnull=False, starts_at__lt=now)


class DeskQuerySet(models.QuerySet["Desk"]):
    def open_for_registration(self) -> "DeskQuerySet":
        """Desks where a visitor may register now, places or not."""
        now = timezone.now()
        return self.filter(
            Q(opens_at__isnull=True) | Q(opens_at__lte=now),
            Q(closes_at__isnull=True) | Q(closes_at__gt=now),
            is_open=True,
            has_page=True,
        ).exclude(status="cancelled")

    def by_nearness(self) -> "DeskQuerySet":
        """The next first, then what has no date; what is over last, the latest of it first."""
        last = Case(When(is_over(), then=1), default=0)
        to_come = Case(When(is_over(), then=None), default=F("starts_at"))
        return self.order_by(last, to_come.asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk")

    def below(self, page: Any) -> "DeskQuerySet":
        """Desks of the pages under a page (its own too), as the tree was when they were last published."""
        return self.filter(tree_path__startswith=page.path)


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> "QuestionQuerySet":
        """Questions of the form as it is now, in its order."""
        return self.filter(retired_at__isnull=True).order_by("position", "pk")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding_a_place(self) -> "RegistrationQuerySet":
        """Registrations counted in the pools: confirmed, held for a confirmation, or with an offer out."""
        return self.filter(holds_place=True)

    def with_a_place(self) -> "RegistrationQuerySet":
        """People who were told that they have a place."""
        return self.filter(status="confirmed")

    def in_line(self) -> "RegistrationQuerySet":
        """The waiting list in its order, without those who have an offer."""
        return self.filter(status="waiting", holds_place=False).order_by("queued_at", "pk")

    def before(self, registration: "Registration") -> "RegistrationQuerySet":
        """Those who are in line before a registration."""
        return self.filter(
            Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lt=registration.pk)
        )

    def active(self) -> "RegistrationQuerySet":
        """Registrations that have not ended."""
        return self.exclude(status__in=["declined", "cancelled", "expired"])

    def departed_from(self, desk: "Desk") -> "RegistrationQuerySet":
        """Registrations that were moved away from a desk, the latest first, each with ``departed_at``."""
        left = Max("changes__at", filter=Q(changes__from_desk=desk))
        moved = self.filter(changes__from_desk=desk).exclude(desk=desk)
        return moved.annotate(departed_at=left).order_by("-departed_at", "pk")

    def of_address(self, email: str) -> "RegistrationQuerySet":
        return self.filter(email__lower=email.lower())

    def lapsed(self, now: datetime) -> "RegistrationQuerySet":
        """Held places whose time to confirm or to accept has run out."""
        return self.filter(expires_at__lte=now, status__in=["awaiting_confirmation", "waiting"])

    def searched(self, words: str) -> "RegistrationQuerySet":
        """Registrations in whose name, address, organisation or reference every word occurs."""
        found = self
        for word in words.split()[:10]:
            found = found.filter(
                Q(name__icontains=word)
                | Q(email__icontains=word)
                | Q(organisation__icontains=word)
                | Q(reference__icontains=word)
            )
        return found

    def answering(self, column: str, key: str, values: list[str], *, yes_no: bool = False) -> "RegistrationQuerySet":
        """Registrations whose stored answer to a question is, or has among its choices, one of the values.

        ``column`` is "answers" or "sensitive__answers".
        """
        wanted = Q(pk__in=[])
        for value in values:
            if yes_no:
                wanted |= Q(**{f"{column}__{key}": value == "yes"})
            else:
                # A choice is stored as its key, several as a list of keys; a key occurs in no other key.
                wanted |= Q(**{f"{column}__{key}__icontains": value})
        return self.filter(wanted)

    def places(self) -> int:
        """The sum of places."""
        return self.aggregate(n=Sum("places"))["n"] or 0


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime | None = None) -> "MessageQuerySet":
        """Messages to deliver: queued ones whose time has come, and those whose worker was killed."""
        now = now or timezone.now()
        return self.filter(
            Q(state="queued", due_at__lte=now) | Q(state="sending", claimed_at__lte=now - STALE_CLAIM)
        ).order_by("due_at", "pk")

    def failed(self) -> "MessageQuerySet":
        return self.filter(state="failed")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def answered(self) -> "InvitationQuerySet":
        return self.filter(answered_at__isnull=False)

    def withdrawn(self) -> "InvitationQuerySet":
        return self.filter(withdrawn_at__isnull=False, answered_at__isnull=True)

    def unanswered(self, *, before: datetime | None = None) -> "InvitationQuerySet":
        """Valid invitations without an answer; with ``before`` those that got no mail since then."""
        rows = self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
        if before is None:
            return rows
        return rows.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=before), created_at__lt=before)

    def settle(self) -> int:
        """Note the answers of those who registered without their code, where none was asked for. Returns how many."""
        from verkosto.registrations.models import Registration  # the models are built on this module

        made = Registration.objects.filter(
            desk=OuterRef("desk"), email__lower=Lower(OuterRef("email")), created_at__gte=OuterRef("created_at")
        ).filter(invitation__isnull=True)
        latest = made.order_by("-created_at")
        return self.filter(Exists(made), answered_at__isnull=True).update(
            registration=Subquery(latest.values("pk")[:1]), answered_at=Subquery(latest.values("created_at")[:1])
        )

    def unwritten(self) -> "InvitationQuerySet":
        """Those whose mail is still to be written."""
        return self.filter(written_at__isnull=True, withdrawn_at__isnull=True)

    def searched(self, words: str) -> "InvitationQuerySet":
        """Those in whose name or address every word occurs."""
        found = self
        for word in words.split()[:10]:
            found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return found
