"""A plan as the solver sees it. The key of a person is ``GroupPlacement.key``; of a group, that of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from network_pages.desk_questions import choices_of_people, closed_questions
from network_pages.group_plans.people import ExistingGroup, GroupPerson, met_before, person_of
from network_pages.grouping.problem import Candidate, Division, Group, Pair, Problem, group_sizes, pairs_in
from network_pages.grouping.settings import ATTRIBUTES, MET_WEIGHT, QUESTION, GroupSettings
from network_pages.models import GroupPlacement, GroupPlan, ProposedGroup
from verkosto.registrations.admin.filters import answer_choices
from verkosto.registrations.models import Question

#: What is known about a person: the values of each attribute.
ValuesOf = Callable[[GroupPerson], Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Board:
    """A plan with its groups and people, as they are now, by name.

    Three queries; three more where pairs that have met count, and three where answers are mixed.
    """

    plan: GroupPlan
    groups: tuple[ProposedGroup, ...]
    placements: tuple[GroupPlacement, ...]

    @classmethod
    def of(cls, plan: GroupPlan) -> Board:
        """Read a plan."""
        rows = plan.placements.present().select_related("membership", "registration")
        placements = sorted(rows, key=lambda row: (person_of(row).name.casefold(), row.pk))
        return cls(plan, tuple(plan.groups.all()), tuple(placements))

    @cached_property
    def people(self) -> list[GroupPerson]:
        """The people of the plan, by name."""
        return [person_of(placement) for placement in self.placements]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions whose answers are mixed, by their attribute."""
        keys = self.plan.settings.question_keys
        known = closed_questions(self.plan.translation_key) if keys else {}
        return {f"{QUESTION}{key}": known[key] for key in keys if key in known}

    @cached_property
    def problem(self) -> Problem:
        """What is asked for: who is locked stays. A question that the form no longer has is not mixed."""
        asked = self.plan.settings
        known = {*ATTRIBUTES, *self.questions}
        settings = replace(asked, weights={name: asked.weights[name] for name in asked.weights if name in known})
        groups = [Group(str(group.pk), *group.limits(settings), self._locked(group)) for group in self.groups]
        met = met_before(self.plan.translation_key, self.people) if settings.avoid_met else frozenset()
        return as_problem(self.people, groups, settings, met, self._values)

    @cached_property
    def division(self) -> Division:
        """Who is in which group now."""
        return self.division_of({placement.pk: placement.group_id for placement in self.placements})

    def division_of(self, places: Mapping[int, int | None]) -> Division:
        """Return the division in which each row (by key) is in a group (by key)."""
        number = {group.pk: number for number, group in enumerate(self.groups)}
        return Division(
            {
                each.key: number[group]
                for each in self.placements
                if (group := places.get(each.pk)) is not None and group in number
            }
        )

    def label_of(self, attribute: str, value: str, person: GroupPerson) -> str:
        """Return a person's value of an attribute as staff read it."""
        question = self.questions.get(attribute)
        return shown_value(person, attribute) if question is None else dict(answer_choices(question)).get(value, value)

    @cached_property
    def _answers(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        if not self.questions:
            return {}
        emails = [person.email for person in self.people]
        return choices_of_people(self.plan.translation_key, [*self.questions.values()], emails)

    def _values(self, person: GroupPerson) -> Mapping[str, frozenset[str]]:
        answers = self._answers.get(person.email, {})
        return {**values_of(person), **{f"{QUESTION}{key}": chosen for key, chosen in answers.items()}}

    def _locked(self, group: ProposedGroup) -> tuple[str, ...]:
        return tuple(each.key for each in self.placements if each.is_locked and each.group_id == group.pk)


def as_problem(
    people: Sequence[GroupPerson],
    groups: Sequence[Group],
    settings: GroupSettings,
    met: frozenset[Pair] = frozenset(),
    known: ValuesOf | None = None,
) -> Problem:
    """Return the question to the solver."""
    known = known or values_of
    return Problem(
        [Candidate(person.key, known(person)) for person in people],
        groups,
        {name: weight for name, weight in settings.weights.items() if weight},
        together=tuple(frozenset(wish) for wish in settings.together),
        apart=frozenset(each for wish in settings.apart for each in pairs_in(wish)),
        met=met,
        met_weight=MET_WEIGHT if settings.avoid_met else 0,
    )


def values_of(person: GroupPerson) -> Mapping[str, frozenset[str]]:
    """Return a person's value of each attribute, without regard to capital letters; none where nothing is known."""
    shown = {name: shown_value(person, name).casefold() for name in ATTRIBUTES}
    return {name: frozenset([value]) if value else frozenset() for name, value in shown.items()}


def shown_value(person: GroupPerson, attribute: str) -> str:
    """Return what is in a person's details as staff read it."""
    return person.details.role_name if attribute == "role" else str(getattr(person.details, attribute))


def everybody(people: Sequence[GroupPerson], groups: Sequence[ExistingGroup]) -> list[GroupPerson]:
    """Return the chosen people and the members of the groups that go on, each address once."""
    found: dict[str, GroupPerson] = {}
    for person in [*people, *(member for group in groups for member in group.members)]:
        found.setdefault(person.email, person)
    return list(found.values())


def staying(group: ExistingGroup, people: Sequence[GroupPerson]) -> tuple[GroupPerson, ...]:
    """Return which of the people are members of an existing group."""
    return tuple(person for person in people if person.email in group.addresses)


def largest_of(group: ExistingGroup, people: Sequence[GroupPerson], settings: GroupSettings) -> int | None:
    """Return how large a group may get that takes only so many new people; None for a group without such a limit."""
    takes = settings.takes.get(str(group.translation_key))
    return None if takes is None else len(staying(group, people)) + takes


def number_of_new_groups(
    people: Sequence[GroupPerson], existing: Sequence[ExistingGroup], settings: GroupSettings
) -> int:
    """Return how many groups are needed besides the existing ones: none while those have room for everybody."""
    limits = [largest_of(group, people, settings) for group in existing]
    number = max(0, len(people) - sum(limit for limit in limits if limit is not None))
    if number <= limits.count(None) * settings.largest:
        return 0
    sizes = group_sizes(number, settings.smallest, settings.largest)
    needed = len(sizes) or -(-number // settings.largest)
    return max(0, needed - limits.count(None))
