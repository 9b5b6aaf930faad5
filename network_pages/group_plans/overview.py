"""A plan as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from network_pages.group_plans.comparison import Comparison
from network_pages.group_plans.people import GroupPerson, person_of
from network_pages.group_plans.plans import earlier_places, last_moved, percent_of
from network_pages.group_plans.problems import Board
from network_pages.group_plans.texts import conflict_text, reason_text, score_lines, stored_conflicts, warnings
from network_pages.grouping.problem import Division
from network_pages.grouping.proposal import Proposal, describe
from network_pages.grouping.score import group_scores
from network_pages.models import GroupPlacement, GroupPlan, Membership, ProposedGroup


@dataclass(frozen=True)
class PersonCard:
    """A person in a group, and why there."""

    placement: GroupPlacement
    person: GroupPerson
    reason: str = ""


@dataclass(frozen=True)
class GroupCard:
    """A group with its people and how mixed it is: ``percent`` from 0 to 100, and a line for each attribute."""

    group: ProposedGroup
    people: list[PersonCard]
    percent: int
    lines: list[str]


class PlanOverview:
    """What the page of a plan shows. The number of queries does not depend on the number of groups or people."""

    def __init__(self, plan: GroupPlan) -> None:
        self.plan = plan
        self.board = Board.of(plan)

    @cached_property
    def proposal(self) -> Proposal:
        """The figures and reasons of the groups as they are now."""
        return describe(self.board.problem, self.board.division)

    @cached_property
    def percent(self) -> int:
        """How mixed the groups are as a whole, 0 to 100."""
        return percent_of(self.proposal.scores)

    @cached_property
    def last_moved(self) -> GroupPlacement | None:
        """The place of the person who was moved last."""
        return last_moved(self.plan)

    @cached_property
    def comparison(self) -> str:
        """How mixed the groups were before the last move or search; "" after the first search."""
        moved = self.last_moved
        if moved is not None:
            return _("Before the last move: %(percent)s %%") % {"percent": self._percent_before(moved)}
        before = self.plan.result.get("before")
        return "" if before is None else _("Before groups were formed again: %(percent)s %%") % {"percent": before}

    @cached_property
    def warnings(self) -> list[str]:
        """Which sizes and wishes the groups do not keep, and why the search could not keep them."""
        groups = {str(group.pk): group.name for group in self.board.groups}
        people = {person.key: person.name for person in self.board.people}
        broken = warnings(self.board.problem, self.board.division, people, groups)
        found = [conflict_text(each, people, groups) for each in stored_conflicts(self.plan.result)] if broken else []
        return [*found, *broken]

    @cached_property
    def cards(self) -> list[GroupCard]:
        """The groups in order."""
        members = self._members_of_existing_groups
        found = []
        for number, (group, score) in enumerate(zip(self.board.groups, self.proposal.scores, strict=True)):
            keys = {*self.board.division.members(number)}
            cards = []
            for placement, person in zip(self.board.placements, self.board.people, strict=True):
                if person.key in keys:
                    is_member = (group.translation_key, person.email) in members
                    place = self.proposal.placements[person.key]
                    reason = reason_text(self.board, place, person, is_member=is_member)
                    cards.append(PersonCard(placement, person, reason))
            found.append(GroupCard(group, cards, score.percent, score_lines(self.board, keys)))
        return found

    @cached_property
    def without_group(self) -> list[PersonCard]:
        """The people for whom no group was found."""
        return [PersonCard(row, person_of(row)) for row in self.board.placements if row.group_id is None]

    @cached_property
    def earlier(self) -> Comparison | None:
        """The proposal before groups were formed again, next to this one; None where there is none to return to."""
        places = earlier_places(self.board)
        return Comparison(self.board, places) if places and self.plan.is_open else None

    @cached_property
    def _members_of_existing_groups(self) -> set[tuple[object, str]]:
        keys = [group.translation_key for group in self.board.groups if group.translation_key]
        rows = Membership.objects.filter(translation_key__in=keys).not_ended()
        return set(rows.order_by().values_list("translation_key", "email"))

    def _percent_before(self, moved: GroupPlacement) -> int:
        number = {group.pk: number for number, group in enumerate(self.board.groups)}
        place = {**self.board.division.place, moved.key: number[moved.moved_from_id or 0]}
        scores = group_scores(self.board.problem, Division(place))
        return percent_of(scores)
