"""Registering the members of a season's networks for all its meetings, in one action of the staff."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from event_pages.enums import RegistrationScope
from event_pages.models import EventSeriesPage
from network_pages.members import members_of
from network_pages.models import Membership
from network_pages.models.membership_querysets import MembershipQuerySet, by_address
from verkosto.core.icalendar import REQUEST
from verkosto.core.jobs import engine
from verkosto.core.transactions import in_transaction
from verkosto.core.users import AnyUser, SignedInUser
from verkosto.registrations.admin.permissions import DeskPermission, desks_for, has_permission
from verkosto.registrations.domain.capacity import are_places_due
from verkosto.registrations.domain.signup import SignupData, sign_up
from verkosto.registrations.domain.waiting_list import can_give_places
from verkosto.registrations.enums import ENDED_STATUSES, PoolKind, RegistrationStatus
from verkosto.registrations.exceptions import Refusal
from verkosto.registrations.mail import validity
from verkosto.registrations.mail.mail_kind import VIEW_OR_CHANGE, MailKind
from verkosto.registrations.models import Desk, Guest, Job, Question, Registration
from verkosto.registrations.questions.types.organisation import Organisation

PORTION = 25  # registrations in one transaction

#: To a member who has a place. Its job has the same name.
REGISTERED = MailKind(
    name="member_registered",
    label=_("Registration of members"),
    subject=_("You have a place: {title}"),
    body=_(
        "As a member of the network you have been registered for {title}, with all its meetings.\n\n"
        "Check your details, read how your data is used, and decline the meetings that you cannot come to. If you do not "
        "want to take part at all, cancel the registration so that someone else can have the place."
    ),
    link=_("Check your details"),
    calendar=REQUEST,
    includes_event_text=True,
    is_for_series=True,
    still_applies=validity.has_place_at_event,
)
WAITING = MailKind(
    name="member_waiting",
    label=_("Registration of members: waiting list"),
    subject=_("You are on the waiting list: {title}"),
    body=_(
        "The members of the network have been registered for {title}. There were not enough places for all, and you are on "
        "the waiting list.\n\n"
        "If a place becomes available, we will notify you. If you do not want to take part, cancel the registration so that "
        "someone else can move up the list."
    ),
    link=VIEW_OR_CHANGE,
    is_for_series=True,
    still_applies=validity.waits,
)
JOB = REGISTERED.name
MAILS = {RegistrationStatus.CONFIRMED: REGISTERED.name, RegistrationStatus.WAITING: WAITING.name}


@dataclass(frozen=True, kw_only=True)
class SeasonPlan:
    """Which members of a season's networks would be registered, and how many would not.

    ``registered`` have a registration, or a place as somebody's guest; ``left_out`` had one, which has ended: nobody is
    registered again against their will. Of the new ones ``with_place`` get a place, as things stand, and ``waiting`` one on
    the waiting list.
    """

    new: list[Membership]
    registered: int
    left_out: int
    with_place: int
    waiting: int

    @property
    def refused(self) -> int:
        """For how many of the new ones there is no place, not even on the waiting list."""
        return len(self.new) - self.with_place - self.waiting


def seasons_to_fill(user: AnyUser) -> list[Desk]:
    """Return the desks of seasons with one registration for all meetings that are not over, and that a user may change.

    By title.
    """
    seasons = EventSeriesPage.objects.filter(registration_scope=RegistrationScope.WHOLE, registration_enabled=True)
    desks = desks_for(user, DeskPermission.CHANGE).filter(
        translation_key__in=seasons.order_by().values("translation_key"), purged_at=None, has_page=True
    )
    return sorted((desk for desk in desks if can_give_places(desk)), key=lambda desk: desk.title.casefold())


def plan_season(*, desk: Desk, user: AnyUser) -> SeasonPlan:
    """Return who would be registered, without members whom the user may not see. Change nothing. Seven queries."""
    everybody = members_of(desk).visible_to(user)
    newcomers = [*by_address(_newcomers(desk, user)).values()]
    registered = everybody.filter(_has_place_at(desk)).number() or 0
    left_out = (everybody.number() or 0) - registered - len(newcomers)
    pools = {pool.kind: pool.left for pool in desk.pools.filter(kind__in=[PoolKind.DESK, PoolKind.WAITING])}
    free = 0 if are_places_due(desk) else pools[PoolKind.DESK]
    with_place = len(newcomers) if free is None else min(free, len(newcomers))
    rest, in_line = len(newcomers) - with_place, pools[PoolKind.WAITING]
    return SeasonPlan(
        new=newcomers,
        registered=registered,
        left_out=left_out,
        with_place=with_place,
        waiting=rest if in_line is None else min(in_line, rest),
    )


def _has_place_at(desk: Desk) -> Q:
    """Return the condition that an address has a registration at a desk that has not ended, or comes as a guest."""
    active = Registration.objects.filter(desk=desk, purged_at=None).active()
    guests = Guest.objects.filter(registration__in=active).exclude(email="")
    return Q(email__in=active.order_by().values("email")) | Q(email__in=guests.order_by().values("email"))


def _newcomers(desk: Desk, user: AnyUser) -> MembershipQuerySet:
    """Return the members who never had a registration at a desk, in order of their names."""
    ended = Registration.objects.filter(desk=desk, purged_at=None, status__in=ENDED_STATUSES)
    known = _has_place_at(desk) | Q(email__in=ended.order_by().values("email"))
    return members_of(desk).visible_to(user).exclude(known).order_by("name", "pk")


@transaction.atomic
def register_members(*, desk: Desk, user: SignedInUser) -> Job:
    """Start the job that registers the members of a season's networks, in order of their names. Return it."""
    keys = [membership.pk for membership in plan_season(desk=desk, user=user).new]
    job = engine.start(Job(kind=JOB, desk=desk, user=user, parameters={"memberships": keys}, total=len(keys)))
    log(user, "network_pages.register_members", user=user, title=desk.title, data={"count": len(keys)})
    return job


def write_registrations(job: Job) -> None:
    """Do the job: register each member who is still one, and has no registration yet."""
    position = job.done
    while position < job.total:
        position = _register_portion(job=job, position=position)


@in_transaction
def _register_portion(*, job: Job, position: int) -> int:
    keys = job.parameters["memberships"][position : position + PORTION]
    after = engine.advance(job, position, len(keys))
    # Read anew: the season may have been cancelled since the last portion.
    desk, user = Desk.objects.filter(jobs=job).first(), job.user
    if desk and user and has_permission(user, DeskPermission.CHANGE, desk) and can_give_places(desk):
        sign_up_newcomers(desk=desk, user=user, memberships=keys)
    return after


def sign_up_newcomers(*, desk: Desk, user: SignedInUser, memberships: Sequence[int]) -> int:
    """Register those of the memberships whose persons never had a registration at a desk. Return how many.

    Who finds no place, not even on the waiting list, is left out.
    """
    questions = list(desk.questions.in_use())
    number = 0
    for membership in _newcomers(desk, user).filter(pk__in=memberships):
        data = _data_of(membership, desk, questions)
        # The others still find a place where an organisation has all of its own.
        with suppress(Refusal):
            sign_up(desk=desk, data=data, questions=questions, user=user, in_turn=True, mails=MAILS)
            number += 1
    return number


def _data_of(membership: Membership, desk: Desk, questions: list[Question]) -> SignupData:
    """Return what a membership says for a registration: also the organisation, where the form asks for it."""
    asked = next((question for question in questions if question.type == Organisation.name), None)
    answers: dict[str, object] = {}
    if asked and membership.organisation:
        answers[asked.key] = asked.question_type.answer(asked, membership.organisation)
    language = membership.language or desk.original_language
    return SignupData(name=membership.name, email=membership.email, language=language, answers=answers)
