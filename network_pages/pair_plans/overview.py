"""A plan of pairs as its page shows it: cards with figures and reasons, in the active language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_pages.group_plans.texts import listed
from network_pages.models import PairApplicant, PairPlan
from network_pages.pair_plans.applications import Organisation
from network_pages.pair_plans.board import PairBoard
from network_pages.pairing import Match


@dataclass(frozen=True)
class ApplicantCard:
    """An organisation of a plan."""

    row: PairApplicant
    organisation: Organisation

    @property
    def details(self) -> str:
        """Its themes and size on one line."""
        size = _("size %(number)s") % {"number": number_format(self.organisation.size, force_grouping=True)}
        return ", ".join([*self.organisation.themes.values(), *([size] if self.organisation.size else [])])


@dataclass(frozen=True)
class PairCard:
    """A pair with its organisations, its points, and a line for each reason."""

    number: int
    applicants: list[ApplicantCard]
    points: int
    lines: list[str]
    is_locked: bool

    @property
    def title(self) -> str:
        """What staff call the pair."""
        return title_of_pair(self.number)

    @property
    def names(self) -> str:
        """The organisations of the pair."""
        return listed([card.organisation.name for card in self.applicants])


class PairOverview:
    """What the page of a plan shows. The number of queries does not depend on the number of organisations."""

    def __init__(self, plan: PairPlan) -> None:
        self.plan = plan
        self.board = PairBoard.of(plan)

    @cached_property
    def cards(self) -> list[PairCard]:
        """The pairs in the order of their numbers."""
        return [self._card(number, rows) for number, rows in self.board.pairs.items()]

    @cached_property
    def without_pair(self) -> list[ApplicantCard]:
        """The organisations that have no pair."""
        return [self._applicant(row) for row in self.board.without_pair]

    @cached_property
    def everybody(self) -> list[ApplicantCard]:
        """All organisations by name."""
        return sorted(map(self._applicant, self.board.rows), key=lambda card: card.organisation.name.casefold())

    @cached_property
    def points(self) -> int:
        """The points of all pairs."""
        return self.board.points()

    @property
    def summary(self) -> str:
        """How many pairs share a theme."""
        pairs = [rows for rows in self.board.pairs.values() if len(rows) > 1]
        shared = sum(bool(self.board.match(rows).themes) for rows in pairs)
        return _("Pairs that share a theme: %(shared)s of %(all)s") % {"shared": shared, "all": len(pairs)}

    @property
    def comparison(self) -> str:
        """The points before the last change; "" where nothing was changed."""
        if not self.plan.earlier:
            return ""
        before = {int(key): number for key, (number, _locked) in self.plan.earlier[-1].items()}
        return _("Before the last change: %(points)s") % {"points": self.board.points(before)}

    @cached_property
    def warnings(self) -> list[str]:
        """What is in the way of saving, and which wishes the pairs do not keep."""
        together, apart = self.board.broken()
        texts = [
            _("These organisations were to be together, but are not: %(names)s.") % {"names": listed(names)}
            for names in together
        ]
        texts += [
            _("These organisations were not to be together, but are: %(names)s.") % {"names": listed(names)}
            for names in apart
        ]
        return texts + [
            _("%(organisation)s is alone in %(pair)s.") % {"organisation": card.names, "pair": card.title}
            for card in self.cards
            if len(card.applicants) == 1
        ]

    def _card(self, number: int, rows: list[PairApplicant]) -> PairCard:
        match = self.board.match(rows)
        lines = reasons(match, self.board.organisations) if len(rows) > 1 else []
        is_locked = any(row.is_locked for row in rows)
        return PairCard(number, [*map(self._applicant, rows)], max(0, match.points), lines, is_locked)

    def _applicant(self, row: PairApplicant) -> ApplicantCard:
        return ApplicantCard(row, self.board.organisations[row.key])


def title_of_pair(number: int) -> str:
    """Return what staff call the pair with a number."""
    return _("Pair %(number)s") % {"number": number}


def reasons(match: Match, organisations: dict[str, Organisation]) -> list[str]:
    """Return why these organisations are a pair: themes, wishes, and sizes that complement each other."""
    labels = organisations[match.keys[0]].themes
    shared = [labels[theme] for theme in match.themes]
    text = ngettext("Shared theme: %(themes)s", "Shared themes: %(themes)s", len(shared))
    lines = [text % {"themes": ", ".join(shared)} if shared else _("No shared theme")]
    for one, other in match.wished:
        names = {"one": organisations[one].name, "other": organisations[other].name}
        if (other, one) not in match.wished:
            lines.append(_("%(one)s wished for %(other)s") % names)
        elif names["one"].casefold() <= names["other"].casefold():
            lines.append(_("%(one)s and %(other)s wished for each other") % names)
    if match.different_size:
        sizes = sorted(size for key in match.keys if (size := organisations[key].size))
        shown = " – ".join(number_format(size, force_grouping=True) for size in sizes)
        lines.append(_("Sizes complement each other: %(sizes)s") % {"sizes": shown})
    return lines
