"""Whom groups are formed of, and which groups a network has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from network_pages.enums import APPLIED
from network_pages.grouping.problem import Pair, pair
from network_pages.member_pages import pages_to_change, pages_with_members
from network_pages.models import GroupPlacement, Membership, NetworkPage, SmallGroupPage
from network_pages.models.group_plan import key_of_applicant
from network_pages.models.membership_querysets import MembershipQuerySet
from verkosto.core.users import AnyUser
from verkosto.registrations.enums import RegistrationStatus
from verkosto.registrations.models import Registration


@dataclass(frozen=True)
class GroupPerson:
    """Somebody whom groups are formed of. ``details`` are the membership; those of an applicant are not stored."""

    details: Membership
    application: Registration | None = None

    @property
    def key(self) -> str:
        """What wishes call the person: ``GroupPlacement.key``."""
        return key_of_applicant(self.application.pk) if self.application else str(self.details.pk)

    @property
    def email(self) -> str:
        """The address, which identifies a person in all memberships."""
        return self.details.email

    @property
    def name(self) -> str:
        """What staff call the person: the name, or the address where there is none."""
        return self.details.name or self.details.email

    @property
    def described(self) -> str:
        """The person with organisation and area, on one line."""
        return ", ".join(filter(None, (self.name, self.details.organisation, self.details.area)))

    @property
    def waits(self) -> bool:
        """Whether the person has applied and waits for a decision."""
        return self.application is not None and self.application.status == RegistrationStatus.AWAITING_APPROVAL


@dataclass(frozen=True)
class ExistingGroup:
    """A small group below a network, in one of its languages, and who is a member now or will be."""

    translation_key: UUID
    title: str
    members: tuple[GroupPerson, ...]

    @property
    def addresses(self) -> set[str]:
        """The addresses of its members."""
        return {member.email for member in self.members}


def networks_for(user: AnyUser) -> list[tuple[UUID, str]]:
    """Return (translation key, title) of the networks whose members a user may see and change, by title. One query."""
    return pages_to_change(user, NetworkPage)


def people_of(translation_key: UUID) -> MembershipQuerySet:
    """Return the current members of a network."""
    return Membership.objects.filter(translation_key=translation_key).current()


def everyone_of(translation_key: UUID) -> list[GroupPerson]:
    """Return the current members of a network, then its applicants, each by name. Two queries, or four."""
    return [*map(GroupPerson, people_of(translation_key)), *applicants_to(translation_key)]


def applicants_to(translation_key: UUID) -> list[GroupPerson]:
    """Return who has applied to a network and is no member, by name; of each address the last application.

    Who was a member and has left is offered only when they apply anew.
    """
    rows = Registration.objects.filter(
        desk__translation_key=translation_key, status__in=APPLIED, purged_at=None
    ).exclude(email="")
    applications = list(rows.order_by("created_at", "pk"))
    if not applications:
        return []
    members = Membership.objects.filter(translation_key=translation_key).order_by()
    known = set(members.values_list("email", flat=True))
    current = set(members.not_ended().values_list("email", flat=True))
    found = {}
    for row in applications:
        if row.email not in (current if row.status == RegistrationStatus.AWAITING_APPROVAL else known):
            found[row.email] = applicant(row)
    return sorted(found.values(), key=lambda person: person.name.casefold())


def applicant(application: Registration) -> GroupPerson:
    """Return the person who has sent an application."""
    details = Membership(
        name=application.name,
        email=application.email,
        organisation=application.organisation[:200],
        language=application.language,
    )
    return GroupPerson(details, application)


def person_of(placement: GroupPlacement) -> GroupPerson:
    """Return the person of a plan's row."""
    if placement.membership is not None:
        return GroupPerson(placement.membership)
    return applicant(cast("Registration", placement.registration))


def existing_groups(translation_key: UUID) -> list[ExistingGroup]:
    """Return the small groups of a network that have not ended, by title. Three queries."""
    titles = _group_titles(translation_key, ended=False)
    members: defaultdict[UUID, list[GroupPerson]] = defaultdict(list)
    for membership in Membership.objects.filter(translation_key__in=titles).not_ended():
        members[membership.translation_key].append(GroupPerson(membership))
    groups = [ExistingGroup(key, title, tuple(members[key])) for key, title in titles.items()]
    return sorted(groups, key=lambda group: group.title.casefold())


def met_before(translation_key: UUID, people: Sequence[GroupPerson]) -> frozenset[Pair]:
    """Return the pairs of people (by key) who are or were in one small group of a network. Three queries."""
    keys = {person.email: person.key for person in people}
    rows = Membership.objects.filter(translation_key__in=_group_titles(translation_key, ended=True), email__in=keys)
    shared: defaultdict[UUID, set[str]] = defaultdict(set)
    for group, email in rows.order_by().values_list("translation_key", "email"):
        shared[group].add(keys[email])
    return frozenset(pair(one, other) for group in shared.values() for one in group for other in group if one < other)


def _group_titles(translation_key: UUID, *, ended: bool) -> dict[UUID, str]:
    """Return the titles of a network's small groups by translation key, in the active language where there is one."""
    networks = Page.objects.filter(translation_key=translation_key).values_list("path", flat=True)
    below = Q(pk__in=[])
    for path in networks:
        below |= Q(path__startswith=path)
    groups = SmallGroupPage.objects.all() if ended else SmallGroupPage.objects.not_ended()
    own = pages_with_members().filter(below, pk__in=groups.values("pk"))
    titles: dict[UUID, str] = {}
    for key, title in own.values_list("translation_key", "title"):
        titles.setdefault(key, title)
    return titles
