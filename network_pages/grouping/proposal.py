"""The use case: a proposal with a score for each group and a reason for each place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from network_pages.grouping import cp_sat, local_search
from network_pages.grouping.conflicts import Conflict, conflicts, searched_conflicts
from network_pages.grouping.local_search import Progress
from network_pages.grouping.problem import Division, Problem
from network_pages.grouping.score import GroupScore, group_scores, total, violations

SECONDS = 18  # for a whole proposal
SEARCH_SHARE = 0.4  # of them before CP-SAT goes on


class Reason(StrEnum):
    STAYS = "stays"  # was in this group before
    TOGETHER = "together"  # belongs with somebody in this group
    BRINGS = "brings"  # is the only one in the group with a value: ``values``
    BALANCE = "balance"  # keeps the groups' sizes right


@dataclass(frozen=True)
class Placement:
    """Why a person is in their group. ``values`` are (attribute, value) that nobody else there has."""

    reason: Reason
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A division with its figures. With ``conflicts`` it breaks wishes, and an editor decides what to do."""

    division: Division
    scores: tuple[GroupScore, ...]
    placements: Mapping[str, Placement]
    value: int
    conflicts: tuple[Conflict, ...] = ()


def propose(
    problem: Problem, *, seed: int = 0, seconds: float | None = SECONDS, progress: Progress | None = None
) -> Proposal:
    """Return the best division found, within ``seconds``. Without them the steps alone end the search: the same seed then
    gives the same proposal, and CP-SAT is not asked."""
    found = conflicts(problem)
    if not problem.groups:
        return Proposal(Division({}), (), {}, 0, tuple(found))
    share = SEARCH_SHARE if seconds is not None and cp_sat.is_available() and not found else 1.0
    division = local_search.search(
        problem,
        seed=seed,
        seconds=None if seconds is None else seconds * share,
        progress=(lambda done: progress(done * share)) if progress else None,
    )
    if share < 1 and seconds is not None:
        better = cp_sat.solve(problem, seconds=seconds * (1 - share), hint=division, seed=seed)
        if better and (violations(problem, division) or total(problem, better) > total(problem, division)):
            division = better
    if not found and violations(problem, division):
        found = searched_conflicts(problem)
    return describe(problem, division, tuple(found))


def describe(problem: Problem, division: Division, found: tuple[Conflict, ...] = ()) -> Proposal:
    """Return the figures and reasons of a division, such as one that an editor has changed."""
    scores = tuple(group_scores(problem, division))
    return Proposal(division, scores, _placements(problem, division), total(problem, division), found)


def _placements(problem: Problem, division: Division) -> dict[str, Placement]:
    home = problem.home_of()
    joined = {key for unit in problem.units() if len(unit) > 1 for key in unit}
    by_key = {candidate.key: candidate for candidate in problem.candidates}
    found = {}
    for number in range(len(problem.groups)):
        members = [by_key[key] for key in division.members(number)]
        for member in members:
            only = tuple(
                (attribute, value)
                for attribute in problem.weights
                for value in sorted(member.values.get(attribute, ()))
                if sum(value in other.values.get(attribute, ()) for other in members) == 1
            )
            if home.get(member.key) == number:
                reason = Reason.STAYS
            elif member.key in joined:
                reason = Reason.TOGETHER
            else:
                reason = Reason.BRINGS if only else Reason.BALANCE
            found[member.key] = Placement(reason, only)
    return found
