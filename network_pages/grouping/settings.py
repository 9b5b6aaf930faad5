"""What an editor asked for when groups are formed, as JSON and back. Keys of memberships, never names or addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

#: What may be mixed, in the order of the form: names of fields of a membership.
ATTRIBUTES = ("organisation", "area", "role", "region")
#: What a pair that has shared a group before costs: two new values of one attribute make up for it.
MET_WEIGHT = 2


@dataclass(frozen=True, kw_only=True)
class GroupSettings:
    """Sizes, weights by attribute, and the sets of memberships (by primary key) that are to be together or apart."""

    smallest: int = 8
    largest: int = 10
    weights: Mapping[str, int] = field(default_factory=lambda: {"organisation": 2, "area": 3, "role": 1, "region": 0})
    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, ...], ...] = ()
    avoid_met: bool = True

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> GroupSettings:
        """Return settings as they were stored. What is missing has its default."""
        known = GroupSettings()
        weights = stored.get("weights")
        return cls(
            smallest=_number(stored.get("smallest"), known.smallest),
            largest=_number(stored.get("largest"), known.largest),
            weights={name: _number(weights.get(name), 0) for name in ATTRIBUTES}
            if isinstance(weights, Mapping)
            else known.weights,
            together=_sets(stored.get("together")),
            apart=_sets(stored.get("apart")),
            avoid_met=bool(stored.get("avoid_met", known.avoid_met)),
        )

    def to_json(self) -> dict[str, object]:
        """Return the settings for a JSON field."""
        return asdict(self)


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def _sets(value: object) -> tuple[tuple[int, ...], ...]:
    rows = value if isinstance(value, list | tuple) else ()
    return tuple(tuple(key for key in row if isinstance(key, int)) for row in rows if isinstance(row, list | tuple))
