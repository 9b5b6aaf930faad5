"""What an editor asked for when learning pairs are proposed, as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

Keys = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PairSettings:
    """Keys of the questions that hold themes, size and wishes ("" for none), and the number of groups of three.

    ``together`` and ``apart`` are sets of organisations by ``PairApplicant.key``.
    """

    themes: str = ""
    sizes: str = ""
    wishes: str = ""
    threes: int = 0
    together: Keys = ()
    apart: Keys = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> PairSettings:
        """Return settings as they were stored. What is missing has its default."""
        threes = stored.get("threes")
        return cls(
            themes=str(stored.get("themes") or ""),
            sizes=str(stored.get("sizes") or ""),
            wishes=str(stored.get("wishes") or ""),
            threes=threes if isinstance(threes, int) else 0,
            together=_sets(stored.get("together")),
            apart=_sets(stored.get("apart")),
        )

    def to_json(self) -> dict[str, object]:
        """Return the settings for a JSON field."""
        return asdict(self)


def _sets(value: object) -> Keys:
    rows = value if isinstance(value, list | tuple) else ()
    return tuple(tuple(map(str, row)) for row in rows if isinstance(row, list | tuple))
