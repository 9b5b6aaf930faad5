"""Whom groups are formed of, and which groups a network has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from network_pages.grouping.problem import Pair, pair
from network_pages.member_pages import pages_to_change, pages_with_members
from network_pages.models import Membership, NetworkPage, SmallGroupPage
from network_pages.models.membership_querysets import MembershipQuerySet
from verkosto.core.accounts import AnyUser


@dataclass(frozen=True)
class ExistingGroup:
    """A small group below a network, in one of its languages, and who is a member now or will be."""

    translation_key: UUID
    title: str
    members: tuple[Membership, ...]

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


def existing_groups(translation_key: UUID) -> list[ExistingGroup]:
    """Return the small groups of a network that have not ended, by title. Three queries."""
    titles = _group_titles(translation_key, ended=False)
    members: defaultdict[UUID, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.filter(translation_key__in=titles).not_ended():
        members[membership.translation_key].append(membership)
    groups = [ExistingGroup(key, title, tuple(members[key])) for key, title in titles.items()]
    return sorted(groups, key=lambda group: group.title.casefold())


def met_before(translation_key: UUID, people: Sequence[Membership]) -> frozenset[Pair]:
    """Return the pairs of people (by key) who are or were in one small group of a network. Three queries."""
    keys = {person.email: str(person.pk) for person in people}
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


def name_of(person: Membership) -> str:
    """Return what staff call a person: the name, or the address where there is none."""
    return person.name or person.email


def described(person: Membership) -> str:
    """Return a person with organisation and area, on one line."""
    return ", ".join(filter(None, (name_of(person), person.organisation, person.area)))
