"""The forms of group forming."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network_pages.desk_questions import closed_questions
from network_pages.enums import MemberRole
from network_pages.group_plans.people import ExistingGroup, GroupPerson
from network_pages.group_plans.plans import Wanted
from network_pages.group_plans.problems import as_problem, everybody, largest_of, number_of_new_groups, staying
from network_pages.group_plans.saving import Term, may_add_groups
from network_pages.group_plans.texts import conflict_text, label_of
from network_pages.grouping.conflicts import conflicts
from network_pages.grouping.problem import Group
from network_pages.grouping.settings import ATTRIBUTES, QUESTION, GroupSettings
from network_pages.models import GroupPlan, ProposedGroup
from network_pages.wish_forms import APART, TOGETHER, WishFormSet, wish_rows
from verkosto.core.date_fields import LanguageDateField
from verkosto.core.text import clean_name
from verkosto.core.users import SignedInUser

WEIGHTS = [
    (0, gettext_lazy("Not mixed")),
    (1, gettext_lazy("A little")),
    (2, gettext_lazy("More")),
    (3, gettext_lazy("Most")),
]
MAX_GROUPS = 60


class PeopleFilterForm(forms.Form):
    """Which members of the network, and which applicants, are offered."""

    q = forms.CharField(label=gettext_lazy("Search for name, organisation or area"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Members or applicants"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("members", gettext_lazy("Members only")),
            ("applicants", gettext_lazy("Applicants only")),
        ],
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), required=False, choices=[("", gettext_lazy("All")), *MemberRole.choices]
    )
    without_group = forms.BooleanField(label=gettext_lazy("Only people who are in no small group"), required=False)

    def chosen(self, people: Sequence[GroupPerson], groups: Sequence[ExistingGroup]) -> list[GroupPerson]:
        """Return the people that the filter lets through."""
        if not self.is_valid():
            return [*people]
        wanted = self.cleaned_data
        placed = {email for group in groups for email in group.addresses} if wanted["without_group"] else set()
        words = clean_name(wanted["q"]).casefold().split()
        return [
            person
            for person in people
            if wanted["kind"] in ("", "applicants" if person.application else "members")
            and wanted["role"] in ("", "" if person.application else person.details.role)
            and person.email not in placed
            and all(word in f"{person.described} {person.email}".casefold() for word in words)
        ]


class GroupPlanForm(forms.Form):
    """Who is to be placed, in which groups, and what is to be mixed."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("People to place in groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The members of the existing groups that you choose below are included in any case."),
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Existing groups that go on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They keep their members and get new ones until they are full."),
    )
    new_groups = forms.IntegerField(
        label=gettext_lazy("Number of new groups"),
        required=False,
        min_value=0,
        max_value=MAX_GROUPS,
        help_text=gettext_lazy("If left empty, as many as are needed."),
    )
    smallest = forms.IntegerField(
        label=gettext_lazy("Minimum number of people in a group"), min_value=2, max_value=100
    )
    largest = forms.IntegerField(label=gettext_lazy("Maximum number of people in a group"), min_value=2, max_value=100)
    avoid_met = forms.BooleanField(
        label=gettext_lazy("Avoid putting people together who have shared a small group before"), required=False
    )

    def __init__(
        self,
        *args: Any,
        key: UUID,
        user: SignedInUser,
        everyone: Sequence[GroupPerson],
        offered: Sequence[GroupPerson],
        existing: Sequence[ExistingGroup],
        known: GroupSettings,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.key, self.user, self.existing = key, user, existing
        self.everyone = everyone
        chosen: Any = self.fields["people"]
        chosen.choices = [(person.key, _described(person)) for person in offered]
        going_on: Any = self.fields["groups"]
        going_on.choices = [(str(group.translation_key), self._group_label(group)) for group in existing]
        if not self.existing:
            del self.fields["groups"]
        self._add_weights(known)
        self._add_limits(known)
        for name in ("smallest", "largest", "avoid_met"):
            self.fields[name].initial = getattr(known, name)
        self.wishes: Any = WishFormSet(
            self.data if self.is_bound else None,
            prefix="wishes",
            form_kwargs={"choices": self.choices_for_wishes},
            initial=wish_rows(known.together, known.apart),
        )

    def _add_weights(self, known: GroupSettings) -> None:
        """Add a field for each attribute, and for each question with options: retired ones only where they are used."""
        questions = {
            f"{QUESTION}{key}": question
            for key, question in closed_questions(self.key).items()
            if not question.is_retired or key in known.question_keys
        }
        self.attributes = [*ATTRIBUTES, *questions]
        for name in self.attributes:
            self.fields[f"weight_{name}"] = forms.TypedChoiceField(
                label=label_of(name, questions), choices=WEIGHTS, coerce=int, initial=known.weights.get(name, 0)
            )

    def _add_limits(self, known: GroupSettings) -> None:
        """Add a field for each existing group: how many new people it takes."""
        for group in self.existing:
            self.fields[f"takes_{group.translation_key}"] = forms.IntegerField(
                label=_("New people in %(group)s at most") % {"group": group.title},
                required=False,
                min_value=0,
                max_value=100,
                initial=known.takes.get(str(group.translation_key)),
            )

    @property
    def choices_for_wishes(self) -> list[tuple[str, str]]:
        """Everybody who may be in the plan, by name."""
        people = everybody(self.everyone, self.existing)
        return sorted(((person.key, _described(person)) for person in people), key=lambda each: each[1].casefold())

    @property
    def weights(self) -> list[forms.BoundField]:
        """The fields of what is mixed."""
        return [self[f"weight_{name}"] for name in self.attributes]

    @property
    def limits(self) -> list[forms.BoundField]:
        """The fields of how many new people the existing groups take."""
        return [self[f"takes_{group.translation_key}"] for group in self.existing]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.wishes.is_valid():
            self.add_error(None, _("Check the wishes about people."))
        if self.errors:
            return cleaned
        if cleaned["smallest"] > cleaned["largest"]:
            self.add_error("largest", _("The maximum is smaller than the minimum."))
            return cleaned
        self.wanted = self._wanted(cleaned)
        if self.wanted.new_groups > MAX_GROUPS:
            self.add_error("largest", _("That makes more than %(n)s groups.") % {"n": MAX_GROUPS})
        elif self.wanted.new_groups and not may_add_groups(self.key, self.user):
            self.add_error(
                "new_groups",
                _("You do not have permission to add groups to this network. Ask an editor, or set this to 0."),
            )
        for text in self._conflicts():
            self.add_error(None, text)
        return cleaned

    def _wanted(self, cleaned: Mapping[str, Any]) -> Wanted:
        groups = [group for group in self.existing if str(group.translation_key) in cleaned.get("groups", ())]
        takes = {str(group.translation_key): cleaned[f"takes_{group.translation_key}"] for group in groups}
        asked = GroupSettings(
            smallest=cleaned["smallest"],
            largest=cleaned["largest"],
            weights={name: cleaned[f"weight_{name}"] for name in self.attributes},
            together=self.wishes.pairs(TOGETHER),
            apart=self.wishes.pairs(APART),
            avoid_met=cleaned["avoid_met"],
            takes={key: number for key, number in takes.items() if number is not None},
        )
        people = [person for person in self.everyone if person.key in cleaned["people"]]
        new = cleaned["new_groups"]
        if new is None:
            new = number_of_new_groups(everybody(people, groups), groups, asked)
        return Wanted(settings=asked, people=people, groups=groups, new_groups=new)

    def _conflicts(self) -> Iterator[str]:
        """Yield what can be seen to be impossible before a search."""
        wanted = self.wanted
        people = everybody(wanted.people, wanted.groups)
        groups = []
        for each in wanted.groups:
            row = ProposedGroup(largest=largest_of(each, people, wanted.settings))
            members = tuple(person.key for person in staying(each, people))
            groups.append(Group(str(each.translation_key), *row.limits(wanted.settings), members))
        limits = (wanted.settings.smallest, wanted.settings.largest)
        groups += [Group(f"new-{number}", *limits) for number in range(wanted.new_groups)]
        names = {person.key: person.name for person in people}
        titles = {str(group.translation_key): group.title for group in wanted.groups}
        for conflict in conflicts(as_problem(people, groups, wanted.settings)):
            yield conflict_text(conflict, names, titles)

    def _group_label(self, group: ExistingGroup) -> str:
        number = len(group.addresses)
        members = ngettext("%(n)s member", "%(n)s members", number) % {"n": number}
        return f"{group.title} ({members})"


def _described(person: GroupPerson) -> str:
    """Return a person with organisation and area, and whether they are an applicant."""
    return _("%(person)s (applicant)") % {"person": person.described} if person.application else person.described


class SaveForm(forms.Form):
    """The term of the memberships, the names of the new groups, and whether people are notified."""

    starts_on = LanguageDateField(label=gettext_lazy("Member from"))
    ends_on = LanguageDateField(
        label=gettext_lazy("Member until"),
        required=False,
        help_text=gettext_lazy("For example the last day of the season. If left empty, the membership goes on."),
    )
    notify = forms.BooleanField(label=gettext_lazy("Email the new members of the groups"), required=False)

    def __init__(self, *args: Any, plan: GroupPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate
        self.new: list[ProposedGroup] = [group for group in plan.groups.all() if group.translation_key is None]
        names = {
            f"name_{group.pk}": forms.CharField(
                label=_("Name of %(group)s") % {"group": group.name}, max_length=200, initial=group.name
            )
            for group in self.new
        }
        self.fields.update(names)
        self.order_fields([*names])

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The membership ends before it begins."))
        return cleaned

    @property
    def term(self) -> Term:
        """The term that was given; until then that of today without an end."""
        known = getattr(self, "cleaned_data", {})
        return Term(starts_on=known.get("starts_on") or timezone.localdate(), ends_on=known.get("ends_on"))

    @property
    def names(self) -> dict[int, str]:
        """The names of the new groups by the key of their row."""
        return {group.pk: clean_name(self.cleaned_data[f"name_{group.pk}"]) for group in self.new}
