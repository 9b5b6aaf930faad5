"""Groups, scores, reasons and conflicts in words, in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network_pages.group_plans.people import GroupPerson
from network_pages.group_plans.problems import Board
from network_pages.grouping.conflicts import Conflict, ConflictKind
from network_pages.grouping.problem import Division, Problem
from network_pages.grouping.proposal import Placement, Reason
from network_pages.grouping.score import group_score
from verkosto.registrations.models import Question

ATTRIBUTE_LABELS = {
    "organisation": gettext_lazy("Organisation"),
    "area": gettext_lazy("Area of responsibility"),
    "role": gettext_lazy("Role"),
    "region": gettext_lazy("Region"),
}
# Each needs %(names)s, %(wanted)s or %(limit)s; see ``Conflict``.
CONFLICTS = {
    ConflictKind.NO_GROUPS: gettext_lazy("There are no groups. Choose a group that goes on, or add new groups."),
    ConflictKind.TOO_MANY_PEOPLE: gettext_lazy(
        "You have chosen %(wanted)s people, but the groups have places for %(limit)s. Add a group, or raise the maximum "
        "size."
    ),
    ConflictKind.TOO_FEW_PEOPLE: gettext_lazy(
        "You have chosen %(wanted)s people, but the groups need at least %(limit)s. Choose more people or fewer groups, "
        "or lower the minimum size."
    ),
    ConflictKind.GROUP_TOO_FULL: gettext_lazy(
        "%(wanted)s people stay in %(names)s, but a group may have at most %(limit)s. Raise the maximum size."
    ),
    ConflictKind.TOGETHER_TOO_LARGE: gettext_lazy(
        "%(wanted)s people must be together, but a group may have at most %(limit)s: %(names)s."
    ),
    ConflictKind.STAY_IN_TWO_GROUPS: gettext_lazy(
        "These people must be together, but stay in different groups: %(names)s."
    ),
    ConflictKind.STAY_APART: gettext_lazy("These people must not be together, but stay in the same group: %(names)s."),
    ConflictKind.TOGETHER_AND_APART: gettext_lazy(
        "These people must be together and must not be together: %(names)s. Remove one of the two."
    ),
    ConflictKind.TOO_MANY_APART: gettext_lazy(
        "%(wanted)s people must all be in different groups, but there are %(limit)s groups: %(names)s."
    ),
    ConflictKind.WISHES: gettext_lazy("Not all wishes about these people can be kept: %(names)s."),
}


def conflict_text(conflict: Conflict, people: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """Return what cannot be kept and what to do about it. ``people`` and ``groups`` are names by key."""
    names = groups if conflict.kind == ConflictKind.GROUP_TOO_FULL else people
    known = [names[key] for key in conflict.keys if key in names]
    values = {"names": listed(known), "wanted": conflict.wanted, "limit": conflict.limit}
    return str(CONFLICTS[conflict.kind]) % values


def stored_conflicts(result: Mapping[str, object]) -> list[Conflict]:
    """Return the conflicts that the search has left in the result of its job."""
    rows = result.get("conflicts")
    return [
        Conflict(ConflictKind(row["kind"]), tuple(row["keys"]), row["wanted"], row["limit"])
        for row in (rows if isinstance(rows, list) else [])
    ]


def listed(names: Sequence[str]) -> str:
    """Return names as “A, B and C”."""
    return get_text_list([*names], _("and"))


def warnings(problem: Problem, division: Division, people: Mapping[str, str], groups: Mapping[str, str]) -> list[str]:
    """Return which sizes and wishes a division does not keep. ``people`` and ``groups`` are names by key."""
    found = []
    for number, group in enumerate(problem.groups):
        size = len(division.members(number))
        if size < group.smallest or size > group.largest:
            text = ngettext(
                "%(group)s has %(size)s person. You asked for %(smallest)s to %(largest)s.",
                "%(group)s has %(size)s people. You asked for %(smallest)s to %(largest)s.",
                size,
            )
            limits = {"smallest": group.smallest, "largest": group.largest}
            found.append(text % {"group": groups[group.key], "size": size, **limits})
    for wish in problem.together:
        keys = [key for key in sorted(wish) if key in division.place and key in people]
        if len({division.place[key] for key in keys}) > 1:
            text = _("These people were to be together, but are not: %(names)s.")
            found.append(text % {"names": listed([people[key] for key in keys])})
    for pair in sorted(problem.apart, key=sorted):
        keys = [key for key in sorted(pair) if key in division.place and key in people]
        if len(keys) > 1 and len({division.place[key] for key in keys}) == 1:
            text = _("These people were not to be together, but are: %(names)s.")
            found.append(text % {"names": listed([people[key] for key in keys])})
    return found


def label_of(attribute: str, questions: Mapping[str, Question]) -> str:
    """Return what an attribute is called. ``questions`` are those of the form, by their attribute."""
    return str(ATTRIBUTE_LABELS.get(attribute) or questions[attribute].label())


def score_lines(board: Board, keys: Iterable[str]) -> list[str]:
    """Return how mixed the group of these people is by attribute, such as “Organisation: 6 of 8 possible”.

    What all people have alike cannot be mixed and is left out.
    """
    chosen, problem = {*keys}, board.problem
    members = [candidate for candidate in problem.candidates if candidate.key in chosen]
    lines = []
    for name in problem.weights:
        score = group_score(replace(problem, weights={name: 1}, met=frozenset()), members)
        if score.possible > 1:
            text = _("%(attribute)s: %(covered)s of %(possible)s possible")
            label = label_of(name, board.questions)
            lines.append(text % {"attribute": label, "covered": score.covered, "possible": score.possible})
    return lines


def reason_text(board: Board, placement: Placement, person: GroupPerson, *, is_member: bool) -> str:
    """Return why a person is in their group."""
    match placement.reason:
        case Reason.STAYS:
            return _("Already a member of the group") if is_member else _("Locked in this group")
        case Reason.TOGETHER:
            return _("Together with someone, as asked for")
    if not placement.values:
        return _("Keeps the groups the same size")
    values = [board.label_of(attribute, value, person) for attribute, value in placement.values]
    return _("Only one in the group: %(values)s") % {"values": ", ".join(values)}
