"""The same question for OR-Tools CP-SAT: the extra ``groups`` of the package. It proves an optimum where time allows, and
names wishes that cannot be kept together."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from network_pages.grouping.problem import Candidate, Division, Problem

WORKERS = 2


def is_available() -> bool:
    """Return whether OR-Tools is installed."""
    return importlib.util.find_spec("ortools") is not None


@dataclass
class Model:
    """The variables: ``place[key, number]`` says whether a person is in a group."""

    cp: Any
    model: Any
    place: dict[tuple[str, int], Any]


def solve(problem: Problem, *, seconds: float, hint: Division | None = None, seed: int = 0) -> Division | None:
    """Return the best division that keeps every wish, or None where none was found in time."""
    built = _build(problem)
    _maximise(built, problem)
    if hint:
        for (key, number), variable in built.place.items():
            built.model.add_hint(variable, hint.place[key] == number)
    solver = built.cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed
    if solver.solve(built.model) not in (built.cp.OPTIMAL, built.cp.FEASIBLE):
        return None
    return Division({key: number for (key, number), variable in built.place.items() if solver.value(variable)})


def conflicting_wishes(problem: Problem, *, seconds: float = 5) -> list[frozenset[str]] | None:
    """Return wishes (sets of keys that belong together or apart) which cannot be kept together, as few as can be told.

    [] where the sizes alone are impossible, None where all can be kept or time was too short.
    """
    plain = replace(problem, together=(), apart=frozenset())
    built = _build(plain)
    wishes: dict[int, frozenset[str]] = {}
    literals = []
    for keys, joined in [*((wish, True) for wish in problem.together), *((wish, False) for wish in problem.apart)]:
        literal = built.model.new_bool_var("")
        literals.append(literal)
        wishes[literal.index] = keys
        known = sorted(key for key in keys if (key, 0) in built.place)
        for number in range(len(problem.groups)):
            for one, other in pairwise(known):
                first, second = built.place[one, number], built.place[other, number]
                rule = first == second if joined else first + second <= 1
                built.model.add(rule).only_enforce_if(literal)
    built.model.add_assumptions(literals)
    solver = built.cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1  # with more workers no conflict is explained
    if solver.solve(built.model) != built.cp.INFEASIBLE:
        return None
    return [wishes[index] for index in solver.sufficient_assumptions_for_infeasibility()]


def _build(problem: Problem) -> Model:
    """Return a model of sizes, wishes and of people who stay."""
    cp = importlib.import_module("ortools.sat.python.cp_model")
    model, home = cp.CpModel(), problem.home_of()
    numbers = range(len(problem.groups))
    place = {(candidate.key, number): model.new_bool_var("") for candidate in problem.candidates for number in numbers}
    for candidate in problem.candidates:
        model.add_exactly_one(place[candidate.key, number] for number in numbers)
        if candidate.key in home:
            model.add(place[candidate.key, home[candidate.key]] == 1)
    for number, group in enumerate(problem.groups):
        model.add_linear_constraint(
            sum(place[candidate.key, number] for candidate in problem.candidates), group.smallest, group.largest
        )
    for wish in problem.together:
        known = sorted(key for key in wish if (key, 0) in place)
        for one, other in pairwise(known):
            for number in numbers:
                model.add(place[one, number] == place[other, number])
    for one, other in map(tuple, problem.apart):
        for number in numbers:
            if (one, number) in place and (other, number) in place:
                model.add_at_most_one(place[one, number], place[other, number])
    return Model(cp, model, place)


def _maximise(built: Model, problem: Problem) -> None:
    """Add the objective of ``score.total``."""
    terms = []
    for number, _group in enumerate(problem.groups):
        for attribute, weight in problem.weights.items():
            for value, holders in _holders(problem.candidates, attribute).items():
                covered = built.model.new_bool_var(f"{value}")
                built.model.add_bool_or([built.place[key, number] for key in holders]).only_enforce_if(covered)
                terms.append(weight * covered)
        if problem.met_weight:
            for one, other in map(sorted, problem.met):
                if (one, number) in built.place and (other, number) in built.place:
                    shared = built.model.new_bool_var("")
                    built.model.add(built.place[one, number] + built.place[other, number] <= 1 + shared)
                    terms.append(-problem.met_weight * shared)
    built.model.maximize(sum(terms))


def _holders(candidates: Iterable[Candidate], attribute: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for candidate in candidates:
        for value in candidate.values.get(attribute, ()):
            found.setdefault(value, []).append(candidate.key)
    return found
