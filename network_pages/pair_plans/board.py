"""A plan with its organisations and pairs, as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from network_pages.models import PairApplicant, PairPlan
from network_pages.pair_plans.applications import Answers, Organisation
from network_pages.pair_settings import Keys
from network_pages.pairing import Applicant, Match, match_of, matched

LARGEST = 3  # organisations in a pair


@dataclass(frozen=True)
class PairBoard:
    """A plan and its rows. Applications that have been erased are in none."""

    plan: PairPlan
    rows: tuple[PairApplicant, ...]

    @classmethod
    def of(cls, plan: PairPlan) -> PairBoard:
        """Read a plan. One query; two more for the form's questions where answers are asked for."""
        rows = plan.applicants.select_related("registration").exclude(registration__purged_at__isnull=False)
        return cls(plan, tuple(rows))

    @cached_property
    def answers(self) -> Answers:
        """What the answers of the round's form say."""
        return Answers(self.plan.translation_key, self.plan.settings)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The organisations by their key."""
        return {each.key: each for each in self.answers.organisations(self.rows)}

    @cached_property
    def applicants(self) -> dict[str, Applicant]:
        """The organisations as they are matched, by their key."""
        everybody = list(self.organisations.values())
        avoided = _others(self.plan.settings.apart)
        return {
            each.key: Applicant(
                each.key,
                themes=frozenset(each.themes),
                wishes=self.answers.wishes_of(each, everybody),
                avoids=avoided.get(each.key, frozenset()),
                size=each.size,
            )
            for each in everybody
        }

    @cached_property
    def pairs(self) -> dict[int, list[PairApplicant]]:
        """The rows of each pair by its number, in the order of numbers."""
        found: defaultdict[int, list[PairApplicant]] = defaultdict(list)
        for row in self.rows:
            if row.number is not None:
                found[row.number].append(row)
        return dict(sorted(found.items()))

    @property
    def without_pair(self) -> list[PairApplicant]:
        """The rows of organisations that have no pair."""
        return [row for row in self.rows if row.number is None]

    def match(self, rows: Iterable[PairApplicant]) -> Match:
        """Return the figures of a pair of these rows."""
        return match_of([self.applicants[row.key] for row in rows])

    def points(self, numbers: Mapping[int, int | None] | None = None) -> int:
        """Return the points of all pairs: as they are, or with other numbers of pairs by the key of the row."""
        pairs: defaultdict[int, list[PairApplicant]] = defaultdict(list)
        for row in self.rows:
            number = row.number if numbers is None else numbers.get(row.pk)
            if number is not None:
                pairs[number].append(row)
        return sum(max(0, self.match(rows).points) for rows in pairs.values() if len(rows) > 1)

    def proposal(self) -> dict[int, int]:
        """Return the best numbers of pairs by the key of the row. Locked pairs stay; who fits nobody has none."""
        locked = {row.pk: row.number for row in self.rows if row.is_locked and row.number is not None}
        free = {row.key: row for row in self.rows if row.pk not in locked}
        together = [keys for keys in united(self.plan.settings.together) if keys <= {*free}]
        threes = self.plan.settings.threes - sum(len(rows) == LARGEST for rows in self._locked_pairs())
        matches = matched([self.applicants[key] for key in free], threes=max(0, threes), together=together)
        numbers = (number for number in range(1, len(self.rows) + 1) if number not in {*locked.values()})
        return locked | {
            free[key].pk: number for match, number in zip(matches, numbers, strict=False) for key in match.keys
        }

    def broken(self) -> tuple[list[list[str]], list[list[str]]]:
        """Return the names in wishes that the pairs do not keep: who is not together, and who is, against the wish."""
        number = {row.key: row.number for row in self.rows}
        together = [[key for key in sorted(keys) if key in number] for keys in united(self.plan.settings.together)]
        apart = [[key for key in keys if number.get(key)] for keys in self.plan.settings.apart]
        return (
            [self._names(keys) for keys in together if len({number[key] or key for key in keys}) > 1],
            [self._names(keys) for keys in apart if len(keys) > 1 and len({number[key] for key in keys}) == 1],
        )

    def _locked_pairs(self) -> list[list[PairApplicant]]:
        return [rows for rows in self.pairs.values() if any(row.is_locked for row in rows)]

    def _names(self, keys: Iterable[str]) -> list[str]:
        return [self.organisations[key].name for key in keys]


def united(together: Keys) -> list[frozenset[str]]:
    """Return wishes to be together joined: of A with B and B with C, one set of the three."""
    found: list[frozenset[str]] = []
    for keys in together:
        joined = frozenset(keys).union(*(other for other in found if other & {*keys}))
        found = [*(other for other in found if not other & {*keys}), joined]
    return found


def impossible(together: Keys, apart: Keys) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Return the wishes that no pairs can keep: sets that are too large for one, and sets of which two are to be apart."""
    sets = united(together)
    too_large = [keys for keys in sets if len(keys) > LARGEST]
    return too_large, [frozenset(wish) for wish in apart if any({*wish} <= keys for keys in sets)]


def _others(apart: Keys) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in apart:
        found[one].add(other)
        found[other].add(one)
    return {key: frozenset(keys) for key, keys in found.items()}
