"""Organisations are matched by common themes, wishes and size, and nobody is left alone without need."""

from network_pages.pairing import FORBIDDEN, Applicant, Match, match_of, matched


def applicant(key: str, themes: str = "", **more: object) -> Applicant:
    return Applicant(key, frozenset(themes.split()), **more)


def left_alone(applicants: list[Applicant], matches: list[Match]) -> list[str]:
    placed = {key for match in matches for key in match.keys}
    return [each.key for each in applicants if each.key not in placed]


def test_six_organisations_become_three_pairs_by_theme():
    six = [applicant("a", "ai"), applicant("b", "ai trust"), applicant("c", "trust"), applicant("d", "space")]
    six += [applicant("e", "space"), applicant("f", "trust ai")]
    matches = matched(six)
    # Not b with f, who share two themes: a and c would then share none.
    assert sorted(match.points for match in matches) == [10, 10, 10]
    assert ("d", "e") in [match.keys for match in matches]
    assert left_alone(six, matches) == []


def test_match_says_why():
    large = applicant("large", "ai", size=4000, wishes=frozenset({"small"}))
    assert match_of([large, applicant("small", "ai x", size=200)]) == Match(
        ("large", "small"), ("ai",), (("large", "small"),), True, 19
    )


def test_odd_number_makes_one_group_of_three():
    five = [applicant(key, "ai") for key in "abcde"]
    assert sorted(len(match.keys) for match in matched(five)) == [2, 3]


def test_threes_can_be_wished_for():
    six = [applicant(key, "ai") for key in "abcdef"]
    assert sorted(len(match.keys) for match in matched(six, threes=2)) == [3, 3]


def test_who_avoids_another_is_never_matched_with_them():
    two = [applicant("a", "ai", avoids=frozenset({"b"})), applicant("b", "ai")]
    assert match_of(two).points == FORBIDDEN
    assert matched(two) == []
    assert left_alone(two, []) == ["a", "b"]
    three = [*two, applicant("c", "ai")]
    matches = matched(three)
    assert len(matches) == 1
    assert left_alone(three, matches) in (["a"], ["b"])
