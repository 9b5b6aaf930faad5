"""What became of the visitors of a fault, as it is printed at the end of a run."""

from dataclasses import dataclass

HEADING = f"{'fault':<42} | acknowledged |       stored |       mailed | sent twice"
#: The lines below the heading.
LINES: list[str] = []


@dataclass(frozen=True)
class Figures:
    """What became of the visitors of one desk. ``mailed`` are those whose first email has arrived, with its copies."""

    fault: str
    acknowledged: set[str]
    stored: set[str]
    mailed: set[str]
    copies: int

    def __str__(self) -> str:
        counts = (len(each) for each in (self.acknowledged, self.stored, self.mailed))
        return " | ".join([f"{self.fault:<42}", *(f"{count:>12}" for count in counts), f"{self.copies:>10}"])
