"""What a division into groups is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

Pair = frozenset[str]


def pair(one: str, other: str) -> Pair:
    """Return two keys as an unordered pair."""
    return frozenset((one, other))


@dataclass(frozen=True)
class Candidate:
    """A person to place. ``values`` has the values of each attribute, such as ``{"area": {"finance"}}``."""

    key: str
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """A group to fill with ``smallest`` to ``largest`` people. ``members`` are the keys of people who stay in it."""

    key: str
    smallest: int
    largest: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """People, groups and wishes.

    ``weights`` says how much each attribute counts (1 or more; attributes without a weight do not). ``together`` are sets
    of people for one group each, ``apart`` pairs that must not share one. Each pair of ``met`` that shares a group costs
    ``met_weight``.
    """

    candidates: Sequence[Candidate]
    groups: Sequence[Group]
    weights: Mapping[str, int]
    together: Sequence[frozenset[str]] = ()
    apart: frozenset[Pair] = frozenset()
    met: frozenset[Pair] = frozenset()
    met_weight: int = 0

    def units(self) -> list[tuple[str, ...]]:
        """Return the people in sets that move as one: joined by ``together``, else alone."""
        parent = {candidate.key: candidate.key for candidate in self.candidates}

        def root(key: str) -> str:
            while parent[key] != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key

        for wish in self.together:
            first, *others = sorted(key for key in wish if key in parent) or [""]
            for other in others:
                parent[root(other)] = root(first)
        found: dict[str, list[str]] = {}
        for candidate in self.candidates:
            found.setdefault(root(candidate.key), []).append(candidate.key)
        return [tuple(keys) for keys in found.values()]

    def home_of(self) -> dict[str, int]:
        """Return the index of the group in which a person stays, by the person's key."""
        return {key: number for number, group in enumerate(self.groups) for key in group.members}


@dataclass(frozen=True)
class Division:
    """An answer: the index of each person's group, by the person's key."""

    place: Mapping[str, int]

    def members(self, number: int) -> list[str]:
        """Return the keys of the people in a group."""
        return [key for key, group in self.place.items() if group == number]


def group_sizes(people: int, smallest: int, largest: int) -> list[int]:
    """Return as equal sizes as possible for groups of ``smallest`` to ``largest`` people; [] where none are possible.

    The number of groups is the one whose sizes are nearest to the middle of both.
    """
    if people <= 0 or smallest < 1 or largest < smallest:
        return []
    least, most = -(-people // largest), people // smallest
    if least > most:
        return []
    middle = (smallest + largest) / 2
    count = min(range(least, most + 1), key=lambda number: (abs(people / number - middle), number))
    size, rest = divmod(people, count)
    return [size + 1] * rest + [size] * (count - rest)


def pairs_in(keys: Sequence[str]) -> Iterator[Pair]:
    """Yield all pairs of the keys."""
    for one, other in combinations(keys, 2):
        yield pair(one, other)
