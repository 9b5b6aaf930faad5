"""What an editor asked for when groups are formed, as JSON and back. Keys of people, never names or addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

#: What may be mixed, in the order of the form: names of fields of a membership. After them come questions of the form.
ATTRIBUTES = ("organisation", "area", "role", "region")
#: Before the key of a question whose answers are mixed.
QUESTION = "question:"
#: What a pair that has shared a group before costs: two new values of one attribute make up for it.
MET_WEIGHT = 2
Keys = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class GroupSettings:
    """Sizes, weights by attribute, and the sets of people (by ``GroupPlacement.key``) that are to be together or apart.

    ``takes`` is how many new people an existing group takes at most, by its translation key; without it, it is filled up.
    """

    smallest: int = 8
    largest: int = 10
    weights: Mapping[str, int] = field(default_factory=lambda: {"organisation": 2, "area": 3, "role": 1, "region": 0})
    together: Keys = ()
    apart: Keys = ()
    avoid_met: bool = True
    takes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> GroupSettings:
        """Return settings as they were stored. What is missing has its default."""
        known = GroupSettings()
        weights = stored.get("weights")
        return cls(
            smallest=_number(stored.get("smallest"), known.smallest),
            largest=_number(stored.get("largest"), known.largest),
            weights={**dict.fromkeys(ATTRIBUTES, 0), **_numbers(weights)}
            if isinstance(weights, Mapping)
            else known.weights,
            together=_sets(stored.get("together")),
            apart=_sets(stored.get("apart")),
            avoid_met=bool(stored.get("avoid_met", known.avoid_met)),
            takes=_numbers(stored.get("takes")),
        )

    def to_json(self) -> dict[str, object]:
        """Return the settings for a JSON field."""
        return asdict(self)

    @property
    def question_keys(self) -> list[str]:
        """The keys of the questions whose answers are mixed."""
        return [name.removeprefix(QUESTION) for name, weight in self.weights.items() if weight and is_question(name)]


def is_question(attribute: str) -> bool:
    """Return whether what is mixed is the answers to a question."""
    return attribute.startswith(QUESTION)


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def _numbers(value: object) -> dict[str, int]:
    rows = value if isinstance(value, Mapping) else {}
    return {str(key): number for key, number in rows.items() if isinstance(number, int)}


def _sets(value: object) -> Keys:
    rows = value if isinstance(value, list | tuple) else ()
    return tuple(tuple(map(str, row)) for row in rows if isinstance(row, list | tuple))
