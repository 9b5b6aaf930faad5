"""A plan as the solver sees it. The key of a person is that of the membership, as text; of a group, that of its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from network_pages.group_plans.people import ExistingGroup, met_before
from network_pages.grouping.problem import Candidate, Division, Group, Pair, Problem, group_sizes, pairs_in
from network_pages.grouping.settings import ATTRIBUTES, MET_WEIGHT, GroupSettings
from network_pages.models import GroupPlacement, GroupPlan, Membership, ProposedGroup
from network_pages.models.membership_querysets import by_address


@dataclass(frozen=True)
class Board:
    """A plan with its groups and people, as they are now. Three queries, and three where pairs that have met count."""

    plan: GroupPlan
    groups: tuple[ProposedGroup, ...]
    placements: tuple[GroupPlacement, ...]

    @classmethod
    def of(cls, plan: GroupPlan) -> Board:
        """Read a plan."""
        return cls(plan, tuple(plan.groups.all()), tuple(plan.placements.select_related("membership")))

    @cached_property
    def people(self) -> list[Membership]:
        """The people of the plan, by name."""
        return [placement.membership for placement in self.placements]

    @cached_property
    def problem(self) -> Problem:
        """What is asked for: who is locked stays."""
        settings = self.plan.settings
        groups = [
            Group(str(group.pk), settings.smallest, settings.largest, self._locked(group)) for group in self.groups
        ]
        met = met_before(self.plan.translation_key, self.people) if settings.avoid_met else frozenset()
        return as_problem(self.people, groups, settings, met)

    @cached_property
    def division(self) -> Division:
        """Who is in which group now."""
        number = {group.pk: number for number, group in enumerate(self.groups)}
        return Division(
            {str(each.membership_id): number[each.group_id] for each in self.placements if each.group_id in number}
        )

    def _locked(self, group: ProposedGroup) -> tuple[str, ...]:
        return tuple(
            str(each.membership_id) for each in self.placements if each.is_locked and each.group_id == group.pk
        )


def as_problem(
    people: Sequence[Membership], groups: Sequence[Group], settings: GroupSettings, met: frozenset[Pair] = frozenset()
) -> Problem:
    """Return the question to the solver."""
    return Problem(
        [Candidate(str(person.pk), values_of(person)) for person in people],
        groups,
        {name: weight for name, weight in settings.weights.items() if weight},
        together=tuple(frozenset(map(str, wish)) for wish in settings.together),
        apart=frozenset(each for wish in settings.apart for each in pairs_in([*map(str, wish)])),
        met=met,
        met_weight=MET_WEIGHT if settings.avoid_met else 0,
    )


def values_of(person: Membership) -> Mapping[str, frozenset[str]]:
    """Return a person's value of each attribute, without regard to capital letters; none where nothing is known."""
    shown = {name: shown_value(person, name).casefold() for name in ATTRIBUTES}
    return {name: frozenset([value]) if value else frozenset() for name, value in shown.items()}


def shown_value(person: Membership, attribute: str) -> str:
    """Return a person's value of an attribute as staff read it."""
    return person.role_name if attribute == "role" else str(getattr(person, attribute))


def everybody(people: Sequence[Membership], groups: Sequence[ExistingGroup]) -> list[Membership]:
    """Return the chosen people and the members of the groups that go on, each address once."""
    return list(by_address([*people, *(member for group in groups for member in group.members)]).values())


def staying(group: ExistingGroup, people: Sequence[Membership]) -> tuple[Membership, ...]:
    """Return which of the people are members of an existing group."""
    return tuple(person for person in people if person.email in group.addresses)


def number_of_new_groups(people: int, existing: int, settings: GroupSettings) -> int:
    """Return how many groups are needed besides the existing ones."""
    sizes = group_sizes(people, settings.smallest, settings.largest)
    needed = len(sizes) or -(-people // settings.largest)
    return max(0, needed - existing)
