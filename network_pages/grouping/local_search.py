"""Simulated annealing: moves and swaps of people between groups, with a penalty for each wish that is not kept.

The result depends on the seed and the number of steps alone, unless a time limit ends the search before.
"""

from __future__ import annotations

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from network_pages.grouping.problem import Division, Problem

PENALTY = 1000  # of one broken wish: more than any gain by mixing
START, END = 2.0, 0.05  # temperatures
STEPS, STEPS_PER_PERSON = 40_000, 400  # of one run
RUNS = 4  # from different beginnings; the best is kept
CHECK_EVERY = 500  # steps between looks at the clock
Progress = Callable[[float], None]


class State:
    """A division under change, with counts that make a step cheap."""

    def __init__(self, problem: Problem, rng: random.Random) -> None:
        self.problem, self.rng = problem, rng
        self.units = problem.units()
        home = problem.home_of()
        values = {candidate.key: candidate.values for candidate in problem.candidates}
        attributes = [(name, weight) for name, weight in problem.weights.items()]
        number_of: dict[tuple[str, str], int] = {}
        self.weight: list[int] = []
        self.features: list[list[int]] = []
        for unit in self.units:
            found = []
            for name, weight in attributes:
                for value in sorted(value for key in unit for value in values[key].get(name, ())):
                    if (name, value) not in number_of:
                        number_of[name, value] = len(self.weight)
                        self.weight.append(weight)
                    found.append(number_of[name, value])
            self.features.append(found)
        self.unit_of = {key: number for number, unit in enumerate(self.units) for key in unit}
        self.apart = self._neighbours(problem.apart)
        self.met = self._neighbours(problem.met) if problem.met_weight else [defaultdict(int) for _ in self.units]
        self.fixed = [next((home[key] for key in unit if key in home), None) for unit in self.units]
        self.movable = [number for number, place in enumerate(self.fixed) if place is None]
        self.count = [[0] * len(self.weight) for _ in problem.groups]
        self.size = [0] * len(problem.groups)
        self.place = [-1] * len(self.units)

    def _neighbours(self, pairs: frozenset[frozenset[str]]) -> list[dict[int, int]]:
        near: list[dict[int, int]] = [defaultdict(int) for _ in self.units]
        for one, other in map(tuple, pairs):
            if one in self.unit_of and other in self.unit_of:
                first, second = self.unit_of[one], self.unit_of[other]
                near[first][second] += 1
                near[second][first] += 1
        return near

    def fill(self) -> None:
        """Place everybody: who stays first, then large units, each where it brings the most and room is left."""
        for number, group in enumerate(self.fixed):
            if group is not None:
                self.put(number, group)
        order = [*self.movable]
        self.rng.shuffle(order)
        order.sort(key=lambda number: (len(self.units[number]), len(self.apart[number])), reverse=True)
        groups = range(len(self.problem.groups))
        for number in order:
            width = len(self.units[number])
            self.put(number, max(groups, key=lambda group: self._attraction(number, group, width)))

    def _attraction(self, number: int, group: int, width: int) -> tuple[bool, bool, float, int]:
        limits = self.problem.groups[group]
        fits = self.size[group] + width <= limits.largest
        lacks = self.size[group] < limits.smallest
        return fits, lacks, self.gain(number, group), -self.size[group]

    def put(self, number: int, group: int) -> None:
        self.place[number] = group
        self.size[group] += len(self.units[number])
        count = self.count[group]
        for feature in self.features[number]:
            count[feature] += 1

    def take(self, number: int) -> None:
        group = self.place[number]
        self.place[number] = -1
        self.size[group] -= len(self.units[number])
        count = self.count[group]
        for feature in self.features[number]:
            count[feature] -= 1

    def gain(self, number: int, group: int) -> float:
        """Return what a unit that is in no group adds to a group's value, sizes apart."""
        count, weight = self.count[group], self.weight
        gained = 0.0
        seen: set[int] = set()
        for feature in self.features[number]:
            if not count[feature] and feature not in seen:
                gained += weight[feature]
                seen.add(feature)
        place = self.place
        for other, times in self.apart[number].items():
            if place[other] == group:
                gained -= PENALTY * times
        for other, times in self.met[number].items():
            if place[other] == group:
                gained -= self.problem.met_weight * times
        return gained

    def size_penalty(self, group: int) -> int:
        limits, size = self.problem.groups[group], self.size[group]
        return PENALTY * (max(0, limits.smallest - size) + max(0, size - limits.largest))

    def value(self) -> float:
        """Return the value of the whole division, penalties included."""
        found = -float(sum(map(self.size_penalty, range(len(self.problem.groups)))))
        for count in self.count:
            found += sum(weight for weight, times in zip(self.weight, count, strict=True) if times)
        for near, cost in ((self.apart, PENALTY), (self.met, self.problem.met_weight)):
            for number, others in enumerate(near):
                for other, times in others.items():
                    if other > number and self.place[other] == self.place[number]:
                        found -= cost * times
        return found

    def move(self, number: int, group: int) -> float:
        """Move a unit to another group. Return by how much the value changed."""
        origin = self.place[number]
        before = self.size_penalty(origin) + self.size_penalty(group)
        self.take(number)
        lost = self.gain(number, origin)
        gained = self.gain(number, group)
        self.put(number, group)
        return gained - lost + before - self.size_penalty(origin) - self.size_penalty(group)


def search(
    problem: Problem,
    *,
    seed: int = 0,
    steps: int | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Division:
    """Return the best division found. It may break wishes where all cannot be kept; see ``score.violations``.

    ``progress`` is called with the share of the work that is done, 0 to 1.
    """
    steps = steps or STEPS + STEPS_PER_PERSON * len(problem.candidates)
    until = time.monotonic() + seconds if seconds is not None else math.inf
    best, division = -math.inf, Division({})
    for run in range(RUNS):
        done = partial(_run_progress, progress, run) if progress else None
        value, found = _anneal(problem, random.Random(seed + run), steps, until, done)  # noqa: S311 - no secret
        if value > best:
            best, division = value, found
        if time.monotonic() > until:
            break
    return division


def _run_progress(progress: Progress, run: int, done: float) -> None:
    progress((run + done) / RUNS)


def _anneal(
    problem: Problem, rng: random.Random, steps: int, until: float, progress: Progress | None
) -> tuple[float, Division]:
    """Return the best value of one run, and its division."""
    state = State(problem, rng)
    state.fill()
    value = best = state.value()
    best_place = [*state.place]
    if state.movable and len(problem.groups) > 1:
        for step in range(steps):
            if step % CHECK_EVERY == 0:
                if progress:
                    progress(step / steps)
                if time.monotonic() > until:
                    break
            value += _try_step(state, rng, START * (END / START) ** (step / steps))
            if value > best:
                best, best_place = value, [*state.place]
    return best, Division({key: best_place[number] for key, number in state.unit_of.items()})


def _try_step(state: State, rng: random.Random, temperature: float) -> float:
    """Move one unit, or swap two, unless that costs too much at this temperature. Return the change of the value."""
    one = state.movable[int(rng.random() * len(state.movable))]
    origin = state.place[one]
    if rng.random() < 0.25:
        target = int(rng.random() * len(state.problem.groups))
        if target == origin:
            return 0.0
        change = state.move(one, target)
        if _accepts(change, rng, temperature):
            return change
        state.move(one, origin)
        return 0.0
    other = state.movable[int(rng.random() * len(state.movable))]
    target = state.place[other]
    if target == origin:
        return 0.0
    steps = [(one, target), (other, origin), *_levelling(state, rng, one, other)]
    change = sum(state.move(number, group) for number, group in steps)
    if _accepts(change, rng, temperature):
        return change
    for number, group in reversed(steps):
        state.move(number, origin if group == target else target)
    return 0.0


def _levelling(state: State, rng: random.Random, one: int, other: int) -> list[tuple[int, int]]:
    """Return moves of single people which keep the sizes of both groups when units of different widths are swapped."""
    wider, narrower = (one, other) if len(state.units[one]) > len(state.units[other]) else (other, one)
    lacking = len(state.units[wider]) - len(state.units[narrower])
    if not lacking:
        return []
    singles = [
        number
        for number in state.movable
        if state.place[number] == state.place[narrower] and len(state.units[number]) == 1 and number != narrower
    ]
    rng.shuffle(singles)
    return [(number, state.place[wider]) for number in singles[:lacking]]


def _accepts(change: float, rng: random.Random, temperature: float) -> bool:
    return change >= 0 or rng.random() < math.exp(change / temperature)
