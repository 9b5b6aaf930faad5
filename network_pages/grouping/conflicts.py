"""Wishes that no division can keep, named so that an editor knows what to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import networkx

from network_pages.grouping import cp_sat
from network_pages.grouping.problem import Problem, pair


class ConflictKind(StrEnum):
    NO_GROUPS = "no_groups"
    TOO_MANY_PEOPLE = "too_many_people"  # wanted: people, limit: places
    TOO_FEW_PEOPLE = "too_few_people"  # wanted: people, limit: the least that the groups need
    GROUP_TOO_FULL = "group_too_full"  # keys: the group's; wanted: who stays, limit: its places
    TOGETHER_TOO_LARGE = "together_too_large"  # wanted: people, limit: places of the largest group
    STAY_IN_TWO_GROUPS = "stay_in_two_groups"  # keys: who belong together but stay in different groups
    STAY_APART = "stay_apart"  # keys: who must not share a group but stay in one
    TOGETHER_AND_APART = "together_and_apart"  # keys: who must and must not share a group
    TOO_MANY_APART = "too_many_apart"  # wanted: people who must all be apart, limit: groups
    WISHES = "wishes"  # keys: the people of wishes that cannot be kept together with the sizes


@dataclass(frozen=True)
class Conflict:
    """What cannot be kept, whom it concerns, and by how much."""

    kind: ConflictKind
    keys: tuple[str, ...] = ()
    wanted: int = 0
    limit: int = 0


def conflicts(problem: Problem) -> list[Conflict]:
    """Return what can be seen without a search, each once; [] says nothing about what a search will find."""
    if not problem.groups:
        return [Conflict(ConflictKind.NO_GROUPS)]
    return [*_sizes(problem), *_units(problem), *_apart(problem)]


def searched_conflicts(problem: Problem, *, seconds: float = 5) -> list[Conflict]:
    """Return the wishes that contradict each other although none does by itself. Only with OR-Tools; else []."""
    if not cp_sat.is_available():
        return []
    found = cp_sat.conflicting_wishes(problem, seconds=seconds)
    return [Conflict(ConflictKind.WISHES, tuple(sorted(keys))) for keys in found or []]


def _sizes(problem: Problem) -> Iterable[Conflict]:
    people = len(problem.candidates)
    most, least = sum(group.largest for group in problem.groups), sum(group.smallest for group in problem.groups)
    if people > most:
        yield Conflict(ConflictKind.TOO_MANY_PEOPLE, wanted=people, limit=most)
    if people < least:
        yield Conflict(ConflictKind.TOO_FEW_PEOPLE, wanted=people, limit=least)
    for group in problem.groups:
        if len(group.members) > group.largest:
            yield Conflict(ConflictKind.GROUP_TOO_FULL, (group.key,), len(group.members), group.largest)


def _units(problem: Problem) -> Iterable[Conflict]:
    home, largest = problem.home_of(), max(group.largest for group in problem.groups)
    for unit in problem.units():
        if len(unit) > largest:
            yield Conflict(ConflictKind.TOGETHER_TOO_LARGE, unit, len(unit), largest)
        if len({home[key] for key in unit if key in home}) > 1:
            yield Conflict(ConflictKind.STAY_IN_TWO_GROUPS, tuple(key for key in unit if key in home))
        members = {*unit}
        for wish in sorted(problem.apart, key=sorted):
            if wish <= members:
                yield Conflict(ConflictKind.TOGETHER_AND_APART, tuple(sorted(wish)))


def _apart(problem: Problem) -> Iterable[Conflict]:
    home, known = problem.home_of(), {candidate.key for candidate in problem.candidates}
    graph: networkx.Graph[str] = networkx.Graph()
    for one, other in map(sorted, problem.apart):
        if one in home and home[one] == home.get(other):
            yield Conflict(ConflictKind.STAY_APART, tuple(sorted(pair(one, other))))
        if one in known and other in known:
            graph.add_edge(one, other)
    clique, _weight = networkx.max_weight_clique(graph, weight=None) if graph.number_of_edges() < 500 else ([], 0)
    if len(clique) > len(problem.groups):
        yield Conflict(ConflictKind.TOO_MANY_APART, tuple(sorted(clique)), len(clique), len(problem.groups))
