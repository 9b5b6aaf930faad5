"""Groups mix people as widely as possible, keep every wish, and say why where they cannot."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network_pages.grouping import cp_sat, local_search, score
from network_pages.grouping.conflicts import Conflict, ConflictKind
from network_pages.grouping.problem import Candidate, Division, Group, Problem, group_sizes, pair
from network_pages.grouping.proposal import Placement, Reason, describe, propose

AREAS = ("finance", "people", "digital", "law", "premises", "communications", "procurement", "strategy")


def person(key: str, **values: str) -> Candidate:
    return Candidate(key, {name: frozenset([value]) for name, value in values.items()})


def people(count: int, areas: int = 8) -> list[Candidate]:
    return [person(f"p{n}", area=AREAS[n % areas], organisation=f"o{n % 11}") for n in range(count)]


def groups(count: int, smallest: int, largest: int) -> list[Group]:
    return [Group(f"g{n}", smallest, largest) for n in range(count)]


WEIGHTS = {"area": 3, "organisation": 1}


@pytest.mark.parametrize(
    ("count", "smallest", "largest", "sizes"),
    [
        (40, 8, 10, [10, 10, 10, 10]),
        (45, 8, 10, [9, 9, 9, 9, 9]),
        (17, 8, 10, [9, 8]),
        (11, 8, 10, []),
        (0, 8, 10, []),
        (3, 4, 2, []),
    ],
)
def test_sizes_are_equal_and_within_the_limits(count, smallest, largest, sizes):
    assert group_sizes(count, smallest, largest) == sizes


def test_forty_people_fill_four_groups_that_all_cover_every_area():
    problem = Problem(people(40), groups(4, 8, 10), WEIGHTS)
    proposal = propose(problem, seconds=None)
    assert [len(proposal.division.members(n)) for n in range(4)] == [10, 10, 10, 10]
    assert [each.percent for each in proposal.scores] == [100, 100, 100, 100]
    assert proposal.conflicts == ()


def test_ten_more_complete_existing_groups_without_breaking_them():
    members = [tuple(f"p{n}" for n in range(start, 30, 3)) for start in range(3)]
    problem = Problem(
        people(40), [*(Group(f"g{n}", 8, 14, keys) for n, keys in enumerate(members))], WEIGHTS, met_weight=1
    )
    proposal = propose(problem, seconds=None)
    for number, keys in enumerate(members):
        assert set(keys) < set(proposal.division.members(number))
        assert {proposal.placements[key].reason for key in keys} == {Reason.STAYS}
    assert sorted(proposal.division.place) == sorted(each.key for each in problem.candidates)


def test_wishes_are_kept_and_explained():
    problem = Problem(
        people(24),
        groups(3, 8, 8),
        WEIGHTS,
        together=(frozenset({"p0", "p8"}), frozenset({"p8", "p16"})),
        apart=frozenset({pair("p1", "p2"), pair("p2", "p3"), pair("p1", "p3")}),
    )
    proposal = propose(problem, seconds=None)
    place = proposal.division.place
    assert place["p0"] == place["p8"] == place["p16"]
    assert len({place["p1"], place["p2"], place["p3"]}) == 3
    assert score.violations(problem, proposal.division) == 0
    assert proposal.placements["p0"].reason == Reason.TOGETHER


def test_people_who_have_met_are_put_into_other_groups():
    met = frozenset(pair(f"p{n}", f"p{n + 1}") for n in range(0, 16, 2))
    problem = Problem(people(16), groups(2, 8, 8), {}, met=met, met_weight=2)
    proposal = propose(problem, seconds=None)
    assert sum(each.met for each in proposal.scores) == 0


def test_reason_names_what_a_person_alone_brings():
    problem = Problem([person("a", area="law"), person("b", area="finance")], groups(1, 2, 2), {"area": 1})
    proposal = describe(problem, Division({"a": 0, "b": 0}))
    assert proposal.placements == {
        "a": Placement(Reason.BRINGS, (("area", "law"),)),
        "b": Placement(Reason.BRINGS, (("area", "finance"),)),
    }
    assert (proposal.scores[0].covered, proposal.scores[0].possible, proposal.scores[0].percent) == (2, 2, 100)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem(people(3), [], {}), Conflict(ConflictKind.NO_GROUPS)),
        (Problem(people(9), groups(2, 2, 4), {}), Conflict(ConflictKind.TOO_MANY_PEOPLE, wanted=9, limit=8)),
        (Problem(people(3), groups(2, 2, 4), {}), Conflict(ConflictKind.TOO_FEW_PEOPLE, wanted=3, limit=4)),
        (
            Problem(people(4), [Group("g0", 1, 2, ("p0", "p1", "p2")), Group("g1", 1, 2)], {}),
            Conflict(ConflictKind.GROUP_TOO_FULL, ("g0",), 3, 2),
        ),
        (
            Problem(people(4), groups(2, 2, 2), {}, together=(frozenset({"p0", "p1", "p2"}),)),
            Conflict(ConflictKind.TOGETHER_TOO_LARGE, ("p0", "p1", "p2"), 3, 2),
        ),
        (
            Problem(people(4), groups(2, 2, 2), {}, (frozenset({"p0", "p1"}),), frozenset({pair("p0", "p1")})),
            Conflict(ConflictKind.TOGETHER_AND_APART, ("p0", "p1")),
        ),
        (
            Problem(
                people(4),
                [Group("g0", 2, 2, ("p0",)), Group("g1", 2, 2, ("p1",))],
                {},
                (frozenset({"p0", "p1"}),),
            ),
            Conflict(ConflictKind.STAY_IN_TWO_GROUPS, ("p0", "p1")),
        ),
        (
            Problem(
                people(4), [Group("g0", 2, 2, ("p0", "p1")), Group("g1", 2, 2)], {}, (), frozenset({pair("p0", "p1")})
            ),
            Conflict(ConflictKind.STAY_APART, ("p0", "p1")),
        ),
        (
            Problem(
                people(4),
                groups(2, 2, 2),
                {},
                (),
                frozenset({pair("p0", "p1"), pair("p1", "p2"), pair("p0", "p2")}),
            ),
            Conflict(ConflictKind.TOO_MANY_APART, ("p0", "p1", "p2"), 3, 2),
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Conflict) else "",
)
def test_impossible_wishes_are_named(problem, expected):
    assert expected in propose(problem, seconds=None).conflicts


def test_wishes_that_contradict_each_other_only_together_are_named():
    problem = Problem(
        people(6),
        groups(2, 3, 3),
        {},
        (frozenset({"p0", "p1"}), frozenset({"p2", "p3"}), frozenset({"p4", "p5"})),
    )
    found = propose(problem, seconds=None).conflicts
    assert found
    assert {each.kind for each in found} == {ConflictKind.WISHES}
    assert {each.keys for each in found} <= {("p0", "p1"), ("p2", "p3"), ("p4", "p5")}


def test_cp_sat_agrees_with_the_score():
    problem = Problem(people(12), groups(3, 4, 4), WEIGHTS, apart=frozenset({pair("p0", "p1")}))
    division = cp_sat.solve(problem, seconds=20)
    assert division is not None
    assert score.violations(problem, division) == 0
    assert score.total(problem, division) == score.total(problem, local_search.search(problem))


def test_same_seed_gives_the_same_proposal():
    problem = Problem(people(30), groups(3, 8, 12), WEIGHTS)
    assert propose(problem, seed=7, seconds=None) == propose(problem, seed=7, seconds=None)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(3, 6))
def test_any_feasible_problem_is_solved_whole(seed, count, size):
    """Every person is placed once, sizes and wishes hold, and the state's own value is the score."""
    rng = random.Random(seed)
    candidates = [person(f"p{n}", area=rng.choice(AREAS)) for n in range(count * size)]
    hidden = {candidate.key: number % count for number, candidate in enumerate(candidates)}
    keys = [*hidden]
    wishes = [rng.sample(keys, 2) for _ in range(4)]
    problem = Problem(
        candidates,
        groups(count, size, size),
        {"area": 2},
        tuple(frozenset(each) for each in wishes if hidden[each[0]] == hidden[each[1]]),
        frozenset(pair(*each) for each in wishes if hidden[each[0]] != hidden[each[1]]),
    )
    division = local_search.search(problem, seed=seed, steps=8000)
    assert sorted(division.place) == sorted(keys)
    assert score.violations(problem, division) == 0
    state = local_search.State(problem, rng)
    for number, unit in enumerate(state.units):
        state.put(number, division.place[unit[0]])
    assert state.value() == score.total(problem, division) <= upper_bound(problem, [size] * count)
    other = replace(problem, weights={"area": 4})
    assert score.total(other, division) == 2 * score.total(problem, division)


def upper_bound(problem: Problem, sizes: Sequence[int]) -> int:
    """Return a value that no division into groups of these sizes exceeds, where each person has one value each.

    No group covers more values than it has members, and no value is covered in more groups than there are people with it.
    """
    bound = 0
    for attribute, weight in problem.weights.items():
        times = Counter(value for each in problem.candidates for value in each.values.get(attribute, ()))
        by_size = sum(min(len(times), size) for size in sizes)
        bound += weight * min(by_size, sum(min(len(sizes), number) for number in times.values()))
    return bound
