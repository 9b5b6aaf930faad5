"""How well a division mixes people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from network_pages.grouping.problem import Candidate, Division, Problem, pairs_in


@dataclass(frozen=True)
class GroupScore:
    """One group: ``covered`` of ``possible`` weighted values, and the pairs that have met before."""

    covered: int
    possible: int
    met: int

    @property
    def percent(self) -> int:
        """Return how mixed the group is, 0 to 100."""
        return round(100 * self.covered / self.possible) if self.possible else 100


def group_score(problem: Problem, members: Sequence[Candidate]) -> GroupScore:
    """Return the score of a group with these members.

    An attribute counts the different values in the group. Possible are as many as the group can have: all that occur
    among the people, or one from each member where there are fewer members than values.
    """
    covered = possible = 0
    for attribute, weight in problem.weights.items():
        everywhere: set[str] = set().union(*(each.values.get(attribute, ()) for each in problem.candidates))
        here: set[str] = set().union(*(each.values.get(attribute, ()) for each in members))
        most = sum(max(1, len(each.values.get(attribute, ()))) for each in members)
        covered += weight * len(here)
        possible += weight * min(len(everywhere), most)
    met = sum(each in problem.met for each in pairs_in([member.key for member in members])) if problem.met else 0
    return GroupScore(covered, possible, met)


def group_scores(problem: Problem, division: Division) -> list[GroupScore]:
    """Return the scores in the order of the problem's groups."""
    by_key = {candidate.key: candidate for candidate in problem.candidates}
    return [
        group_score(problem, [by_key[key] for key in division.members(number)])
        for number in range(len(problem.groups))
    ]


def total(problem: Problem, division: Division) -> int:
    """Return the value that a division has: covered values less the cost of pairs that have met before."""
    scores = group_scores(problem, division)
    return sum(score.covered for score in scores) - problem.met_weight * sum(score.met for score in scores)


def violations(problem: Problem, division: Division) -> int:
    """Return how many sizes and wishes a division does not keep."""
    broken = 0
    for number, group in enumerate(problem.groups):
        size = len(division.members(number))
        broken += max(0, group.smallest - size) + max(0, size - group.largest)
    broken += sum(len({division.place[key] for key in wish if key in division.place}) > 1 for wish in problem.together)
    for one, other in map(tuple, problem.apart):
        broken += one in division.place and division.place[one] == division.place.get(other)
    home = problem.home_of()
    return broken + sum(division.place.get(key) != number for key, number in home.items())
