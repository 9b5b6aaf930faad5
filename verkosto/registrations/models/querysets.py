from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
    When,
)
from django.utils import timezone
from wagtail.models import Page

from verkosto.core.email_addresses import email_matches
from verkosto.core.text import clean_line, clean_name
from verkosto.registrations.enums import (
    ENDED_STATUSES,
    EXPECTED,
    Attendance,
    MessageState,
    Participation,
    PoolKind,
    RegistrationStatus,
)
from verkosto.registrations.models.opening import is_open

if TYPE_CHECKING:
    # Named in the generic bases, as strings.
    from verkosto.registrations.models.capacity import Pool  # noqa: F401 - in a string
    from verkosto.registrations.models.desk import Desk
    from verkosto.registrations.models.invitation import Invitation  # noqa: F401 - in a string
    from verkosto.registrations.models.message import Message  # noqa: F401 - in a string
    from verkosto.registrations.models.question import Question  # noqa: F401 - in a string
    from verkosto.registrations.models.registration import Registration

STALE_CLAIM = timedelta(minutes=10)


def is_over() -> Q:
    """Return the condition on a desk that its event is over. A desk with a start has an end: see ``sync/desk.py``."""
    return Q(ends_at__lt=timezone.now())


class DeskQuerySet(models.QuerySet["Desk"]):
    def open_for_registration(self) -> "DeskQuerySet":
        """Return desks where a visitor may register now, places or not."""
        return self.filter(is_open())

    def nearest_first(self) -> "DeskQuerySet":
        """Order by date: the next first, then what has no date; what is over last, the latest of it first."""
        last = Case(When(is_over(), then=1), default=0)
        to_come = Case(When(is_over(), then=None), default=F("starts_at"))
        return self.order_by(last, to_come.asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk")

    def below(self, page: Page) -> "DeskQuerySet":
        """Return desks of the pages under a page (and its own), as the tree was when they were last published."""
        return self.filter(tree_path__startswith=page.path)


class PoolQuerySet(models.QuerySet["Pool"]):
    def shown_to_visitors(self) -> "PoolQuerySet":
        """Return the pools that forms show, each with ``has_kept_places``: whether its desk keeps free places for a group.

        The places of organisations are not public, and could be many.
        """
        return self.exclude(kind=PoolKind.ORGANISATION).annotate(has_kept_places=_keeps_places(self.model))


@cache
def _keeps_places(pool_model: Any) -> Exists:
    """Return the condition on a pool that its desk keeps free places for a group. Made once: every form asks it."""
    # The class on the other side of the relation: querysets import no model.
    registrations = pool_model.desk.field.related_model.registrations.rel.related_model._default_manager
    return Exists(registrations.filter(desk=OuterRef("desk"), keeps_places=True))


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> "QuestionQuerySet":
        """Return the questions of the form as it is now, in its order."""
        return self.filter(retired_at__isnull=True).order_by("position", "pk")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding_places(self) -> "RegistrationQuerySet":
        """Return those counted in the pools: confirmed, held until the address is confirmed, or offered."""
        return self.filter(holds_place=True)

    def confirmed(self) -> "RegistrationQuerySet":
        """Return those who have a place and know it."""
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def on_waiting_list(self) -> "RegistrationQuerySet":
        """Return the waiting list in its order, without those who have an offer."""
        return self.filter(status=RegistrationStatus.WAITING, holds_place=False).order_by("queued_at", "pk")

    def ahead_of(self, registration: "Registration") -> "RegistrationQuerySet":
        """Return those before a registration on the waiting list."""
        return self.filter(
            Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lt=registration.pk)
        )

    def active(self) -> "RegistrationQuerySet":
        """Return registrations that have not ended."""
        return self.exclude(status__in=ENDED_STATUSES)

    def departed_from(self, desk: "Desk") -> "RegistrationQuerySet":
        """Return registrations that were moved away from a desk, the latest first, each with ``departed_at``."""
        left = Max("changes__at", filter=Q(changes__from_desk=desk))
        moved = self.filter(changes__from_desk=desk).exclude(desk=desk)
        return moved.annotate(departed_at=left).order_by("-departed_at", "pk")

    def of_address(self, email: str) -> "RegistrationQuerySet":
        """Return the registrations of an address, whichever way it is written."""
        return self.filter(email=email)

    def past_deadline(self, now: datetime) -> "RegistrationQuerySet":
        """Return those whose time to confirm the address or to accept the offer is over."""
        return self.filter(
            expires_at__lte=now,
            status__in=[RegistrationStatus.AWAITING_CONFIRMATION, RegistrationStatus.WAITING],
        )

    def matching(self, text: str, *, by_address: bool = True) -> "RegistrationQuerySet":
        """Return registrations in whose name, address, organisation or reference every word of a text occurs.

        Without ``by_address`` addresses are not searched: who may not see them must not find them out either.
        """
        found = self
        for word in clean_name(text).split()[:10]:
            named = Q(name__icontains=word) | Q(organisation__icontains=word) | Q(reference__icontains=word)
            found = found.filter(named | email_matches(self, "email", word) if by_address else named)
        return found

    def with_answer(
        self, column: str, key: str, values: list[str], *, yes_no: bool = False, of_guests: bool = False
    ) -> "RegistrationQuerySet":
        """Return registrations whose stored answer to a question is, or includes, one of the values.

        ``column`` is "answers" or "sensitive__answers". With ``of_guests``, the answer of a guest will do.
        """
        wanted = Q(pk__in=[])
        for value in values:
            if yes_no:
                wanted |= Q(**{f"{column}__{key}": value == "yes"})
            else:
                # A choice is stored as its key, several as a list of keys; a key occurs in no other key.
                wanted |= Q(**{f"{column}__{key}__icontains": value})
        if of_guests:
            # The class on the other side of the relation: querysets import no model.
            guests: models.QuerySet = self.model.guests.rel.related_model._default_manager.filter(wanted)
            wanted |= Q(pk__in=guests.values("registration"))
        return self.filter(wanted)

    def with_attendance(self) -> "RegistrationQuerySet":
        """Return each with ``came``: whether the person attended."""
        return self.annotate(came=ExpressionWrapper(Q(attendance=Attendance.ATTENDED), BooleanField()))

    def at_meeting(self, uid: str) -> "RegistrationQuerySet":
        """Return each with ``participation`` in a meeting of a series, and ``came``: whether the person attended it."""
        of_meeting = FilteredRelation("participations", condition=Q(participations__meeting=uid))
        return self.annotate(at_meeting=of_meeting).annotate(
            participation=F("at_meeting__status"),
            came=ExpressionWrapper(Q(at_meeting__status=Participation.ATTENDED), BooleanField()),
            came_at=F("at_meeting__checked_in_at"),
        )

    def expected_at_meeting(self, uid: str) -> "RegistrationQuerySet":
        """Return those who come, came or should have come to a meeting, as ``at_meeting`` does."""
        return self.at_meeting(uid).filter(Q(participation__in=EXPECTED))

    def places(self) -> int:
        """Return the sum of places."""
        return self.aggregate(n=Sum("places"))["n"] or 0


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime | None = None) -> "MessageQuerySet":
        """Return messages to deliver: queued ones whose time has come, and those whose worker was killed."""
        now = now or timezone.now()
        return self.filter(
            Q(state=MessageState.QUEUED, due_at__lte=now)
            | Q(state=MessageState.SENDING, claimed_at__lte=now - STALE_CLAIM)
        ).order_by("due_at", "pk")

    def matching(self, text: str) -> "MessageQuerySet":
        """Return messages in whose recipient or subject a text occurs."""
        text = clean_line(text)
        return self.filter(email_matches(self, "recipient", text) | Q(subject__icontains=text))

    def failed(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.FAILED)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def answered(self) -> "InvitationQuerySet":
        return self.filter(answered_at__isnull=False)

    def declined(self) -> "InvitationQuerySet":
        return self.filter(declined_at__isnull=False)

    def withdrawn(self) -> "InvitationQuerySet":
        return self.filter(withdrawn_at__isnull=False, answered_at__isnull=True)

    def unanswered(self, *, before: datetime | None = None) -> "InvitationQuerySet":
        """Return valid invitations without an answer; with ``before`` those that got no mail since then."""
        rows = self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
        if before is None:
            return rows
        return rows.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=before), created_at__lt=before)

    def not_registered(self) -> "InvitationQuerySet":
        """Return those whose address has not registered without the code since it was invited."""
        return self.exclude(Exists(self._registrations_without_code()))

    def match_registrations(self) -> int:
        """Record as answered the invitations whose address registered without the code. Return how many."""
        made = self._registrations_without_code()
        latest = made.order_by("-created_at")
        has_no_registration = Q(answered_at__isnull=True) | Q(declined_at__isnull=False)
        return self.filter(Exists(made), has_no_registration).update(
            registration=Subquery(latest.values("pk")[:1]),
            answered_at=Subquery(latest.values("created_at")[:1]),
            declined_at=None,
        )

    def _registrations_without_code(self) -> models.QuerySet:
        # The class on the other side of the relation: querysets import no model.
        registrations = self.model.registration.field.related_model._default_manager
        made: models.QuerySet = registrations.filter(
            desk=OuterRef("desk"), email=OuterRef("email"), created_at__gte=OuterRef("created_at")
        )
        return made.filter(invitation__isnull=True)

    def without_mail(self) -> "InvitationQuerySet":
        """Return those whose mail is still to be written."""
        return self.filter(written_at__isnull=True, withdrawn_at__isnull=True)

    def matching(self, text: str) -> "InvitationQuerySet":
        """Return those in whose name or address every word of a text occurs."""
        found = self
        for word in clean_name(text).split()[:10]:
            found = found.filter(Q(name__icontains=word) | email_matches(self, "email", word))
        return found
