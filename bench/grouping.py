"""Group forming: the share of a known optimum and the time, next to random and alphabetical groups and CP-SAT alone."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from bench.figures import Budget, Figure
from network_pages.grouping import cp_sat, local_search
from network_pages.grouping.problem import Candidate, Division, Group, Problem, pair
from network_pages.grouping.proposal import SECONDS, propose
from network_pages.grouping.score import total, violations

WITH_EXTRA, WITHOUT = Budget(99, at_least=True, unit="%"), Budget(95, at_least=True, unit="%")
TIME = Budget(20, unit="s")
VALUES = {"area": 12, "organisation": 30, "role": 5}
WEIGHTS = {"area": 3, "organisation": 2, "role": 1}
CASES = ((24, 8), (32, 8), (40, 8), (40, 10), (64, 8), (80, 10), (90, 9), (120, 8), (200, 10), (400, 8))
CONSTRAINTS = 20
SECONDS_EACH = 4.0  # of CP-SAT in the smaller cases


def planted(people: int, size: int, seed: int) -> tuple[Problem, Division]:
    """Return a problem and an optimal division of it: in each group an attribute has as many values as it can have."""
    rng = random.Random(seed)
    candidates, place = [], {}
    for number in range(people // size):
        columns = {
            name: rng.sample(range(count), min(size, count)) + [rng.randrange(count) for _ in range(size - count)]
            for name, count in VALUES.items()
        }
        for seat in range(size):
            key = f"{rng.randrange(10**6):06}-{number}-{seat}"
            candidates.append(
                Candidate(key, {name: frozenset([f"{column[seat]}"]) for name, column in columns.items()})
            )
            place[key] = number
    keys, together, apart = sorted(place), set(), set()
    while len(together) + len(apart) < CONSTRAINTS:
        one, other = rng.sample(keys, 2)
        if place[one] == place[other] and len(together) < CONSTRAINTS // 2:
            together.add(pair(one, other))
        elif place[one] != place[other] and len(apart) < CONSTRAINTS // 2:
            apart.add(pair(one, other))
    rng.shuffle(candidates)
    smallest, largest = (size, size + 2) if size == 8 else (size - 1, size + 1)
    groups = [Group(str(number), smallest, largest) for number in range(people // size)]
    return Problem(candidates, groups, WEIGHTS, tuple(sorted(together, key=sorted)), frozenset(apart)), Division(place)


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return the shares of the known optimum, in per cent, for each way and each case."""
    ways: dict[str, Callable[[Problem], Division]] = {
        "random": lambda problem: in_order(problem, shuffled(problem)),
        "alphabetical": lambda problem: in_order(problem, sorted(each.key for each in problem.candidates)),
        "local search": local_search.search,
    }
    if cp_sat.is_available():
        ways["CP-SAT alone"] = lambda problem: _alone(problem)
        ways["proposal"] = lambda problem: propose(problem, seconds=_seconds(problem)).division
    figures = []
    for name, way in ways.items():
        shares, times = [], []
        for number, (people, size) in enumerate(CASES):
            problem, known = planted(people, size, number)
            began = time.perf_counter()
            found = way(problem)
            times.append(time.perf_counter() - began)
            kept = name in ("random", "alphabetical") or not violations(problem, found)
            shares.append(100 * total(problem, found) / total(problem, known) if kept and found.place else 0)
        budget = {"local search": WITHOUT, "proposal": WITH_EXTRA}.get(name)
        spread = f"{statistics.median(shares):.1f} % ({min(shares):.1f}–{max(shares):.1f})"
        figures.append(
            Figure(f"{len(CASES)} cases: {name}", "", "of the known optimum", spread, budget,
                   budget and budget.holds(min(shares)))
        )  # fmt: skip
        largest = f"{CASES[-1][0]} people: {name}"
        figures.append(
            Figure(largest, f"{shares[-1]:.1f} %", f"{times[-1]:.1f} s", "", budget and TIME,
                   budget and TIME.holds(times[-1]))
        )  # fmt: skip
    return figures


def shuffled(problem: Problem) -> list[str]:
    keys = [each.key for each in problem.candidates]
    random.Random(1).shuffle(keys)
    return keys


def in_order(problem: Problem, keys: list[str]) -> Division:
    return Division({key: number % len(problem.groups) for number, key in enumerate(keys)})


def _seconds(problem: Problem) -> float:
    return SECONDS if len(problem.candidates) == CASES[-1][0] else SECONDS_EACH


def _alone(problem: Problem) -> Division:
    return cp_sat.solve(problem, seconds=_seconds(problem)) or Division({})
