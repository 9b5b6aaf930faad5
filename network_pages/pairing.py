"""Learning pairs: organisations matched by the themes they share, their wishes and their size.

Plain values in and out; no model, no request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx

# Points. A first theme counts more than others, so that nobody is left without one for the sake of a richer pair.
THEME, ANOTHER_THEME, WISH, DIFFERENT_SIZE = 10, 4, 6, 3
FORBIDDEN = -1


@dataclass(frozen=True)
class Applicant:
    """An organisation that looks for others to learn with. ``size`` is the number of its employees, 0 where unknown."""

    key: str
    themes: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()
    size: int = 0


@dataclass(frozen=True)
class Match:
    """Two or three organisations, and why: ``themes`` all share, ``wished`` (who, whom), whether their sizes differ."""

    keys: tuple[str, ...]
    themes: tuple[str, ...]
    wished: tuple[tuple[str, str], ...]
    different_size: bool
    points: int


def matched(
    applicants: Sequence[Applicant], *, threes: int = 0, together: Iterable[Collection[str]] = ()
) -> list[Match]:
    """Return the matching with the most points in which as few as possible are left without a partner.

    ``threes`` is how many groups of three are wished for; with an odd number there is at least one. ``together`` are
    disjoint sets of two or three keys that are to be in one match. One that may be matched with nobody is in no match.
    Maximum-weight matching by Edmonds' algorithm (networkx).
    """
    by_key = {applicant.key: applicant for applicant in applicants}
    given = [sorted(keys) for keys in together]
    placed = {key for keys in given for key in keys}
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(key for key in by_key if key not in placed)
    for one, other in combinations([applicant for applicant in applicants if applicant.key not in placed], 2):
        points = match_of([one, other]).points
        if points != FORBIDDEN:
            graph.add_edge(one.key, other.key, weight=points + 1)
    pairs = {tuple(sorted(edge)) for edge in networkx.max_weight_matching(graph, maxcardinality=True)}
    free = [list(each) for each in sorted(pairs)]
    groups = [*given, *free]
    alone = [key for key in by_key if not any(key in group for group in groups)]
    while free and threes > len(alone) + sum(len(group) == 3 for group in given) and len(groups) >= 3:
        # A weak pair is divided among two others.
        weakest = min(free, key=lambda group: match_of([by_key[key] for key in group]).points)
        free.remove(weakest)
        groups.remove(weakest)
        alone += weakest
    for key in alone:
        _join(by_key, groups, key)
    return sorted(
        (match_of([by_key[key] for key in group]) for group in groups), key=lambda match: (-match.points, match.keys)
    )


def match_of(members: Sequence[Applicant]) -> Match:
    """Return the match of two or three, with FORBIDDEN points where one avoids another."""
    keys = tuple(sorted(member.key for member in members))
    themes = tuple(sorted(frozenset.intersection(*(member.themes for member in members))))
    wished = tuple(
        (member.key, other.key)
        for member in members
        for other in members
        if other.key in member.wishes and other is not member
    )
    sizes = [member.size for member in members if member.size]
    different = len(sizes) > 1 and max(sizes) >= 2 * min(sizes)
    by_theme = THEME + ANOTHER_THEME * (len(themes) - 1) if themes else 0
    points = by_theme + WISH * len(wished) + DIFFERENT_SIZE * different
    if any(other.key in member.avoids for member in members for other in members):
        points = FORBIDDEN
    return Match(keys, themes, wished, different, points)


def _join(by_key: dict[str, Applicant], groups: list[list[str]], key: str) -> None:
    """Add one who is alone to the pair that gains the most by it."""
    options = [
        (
            match_of([by_key[each] for each in [*group, key]]).points - match_of([by_key[k] for k in group]).points,
            group,
        )
        for group in groups
        if len(group) == 2
    ]
    options = [
        (gain, group) for gain, group in options if match_of([by_key[k] for k in [*group, key]]).points != FORBIDDEN
    ]
    if options:
        max(options, key=lambda option: (option[0], [-ord(char) for char in option[1][0]]))[1].append(key)
