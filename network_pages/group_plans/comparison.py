"""Two proposals of a plan next to each other: as the groups are now, and as they were before they were formed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from network_pages.group_plans.people import GroupPerson, person_of
from network_pages.group_plans.plans import percent_of
from network_pages.group_plans.problems import Board
from network_pages.grouping.problem import Division
from network_pages.grouping.score import GroupScore, group_scores, violations
from network_pages.models import ProposedGroup


@dataclass(frozen=True)
class Side:
    """One of the proposals: its groups' scores, and how many sizes and wishes it does not keep."""

    scores: list[GroupScore]
    sizes: list[int]
    broken: int

    @property
    def percent(self) -> int:
        """How mixed the groups are as a whole, 0 to 100."""
        return percent_of(self.scores)

    @property
    def met(self) -> int:
        """How many pairs of people have shared a group before."""
        return sum(score.met for score in self.scores)


@dataclass(frozen=True)
class GroupRow:
    """A group in both proposals."""

    group: ProposedGroup
    now: GroupScore
    earlier: GroupScore
    size_now: int
    size_earlier: int


@dataclass(frozen=True)
class Elsewhere:
    """A person who is in another group than in the earlier proposal."""

    person: GroupPerson
    now: ProposedGroup | None
    earlier: ProposedGroup


class Comparison:
    """The proposal of a board and an earlier one, with the figures of each group and who is elsewhere. No queries."""

    def __init__(self, board: Board, earlier: Mapping[int, int]) -> None:
        self.board, self.places = board, earlier

    @cached_property
    def now(self) -> Side:
        """The groups as they are now."""
        return self._side(self.board.division)

    @cached_property
    def earlier(self) -> Side:
        """The groups as they were."""
        return self._side(self.board.division_of(self.places))

    @property
    def rows(self) -> list[GroupRow]:
        """The groups in order."""
        return [
            GroupRow(
                group, self.now.scores[nth], self.earlier.scores[nth], self.now.sizes[nth], self.earlier.sizes[nth]
            )
            for nth, group in enumerate(self.board.groups)
        ]

    @cached_property
    def elsewhere(self) -> list[Elsewhere]:
        """Who is in another group, by name."""
        groups = {group.pk: group for group in self.board.groups}
        return [
            Elsewhere(person_of(row), groups.get(row.group_id or 0), groups[self.places[row.pk]])
            for row in self.board.placements
            if row.group_id != self.places[row.pk]
        ]

    def _side(self, division: Division) -> Side:
        # Locked people count in neither: they were locked for this proposal only.
        asked = self.board.problem
        problem = replace(asked, groups=[replace(group, members=()) for group in asked.groups])
        sizes = [len(division.members(number)) for number in range(len(problem.groups))]
        return Side(group_scores(problem, division), sizes, violations(problem, division))
