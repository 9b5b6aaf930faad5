"""The printed tables: a figure, its reference, their ratio, and whether it is within the budget."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = (46, 14, 31, 20, 9)


@dataclass(frozen=True)
class Budget:
    """A limit, in the unit of the figure."""

    limit: float
    at_least: bool = False
    unit: str = ""

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit and ' '}{self.unit}"


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``holds`` is None without a budget."""

    name: str
    measured: str
    reference: str = ""
    ratio: str = ""
    budget: Budget | None = None
    holds: bool | None = None

    def __str__(self) -> str:
        verdict = {None: "", True: "met", False: "NOT MET"}[self.holds]
        cells = (self.name, self.measured, self.reference, self.ratio, str(self.budget or ""))
        return f"{''.join(f'{cell:<{width}} ' for cell, width in zip(cells, COLUMNS, strict=True))}{verdict}".rstrip()


def single(name: str, value: float, unit: str, budget: Budget | None = None, places: int = 0) -> Figure:
    """Return a figure without a reference."""
    return Figure(name, f"{value:,.{places}f} {unit}", budget=budget, holds=budget and budget.holds(value))


def compared(
    name: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    unit: str,
    *,
    beside: str,
    budget: Budget | None = None,
    places: int = 1,
) -> Figure:
    """Return the median, minimum and maximum of the ratios of paired rounds."""
    ratios = [own / other for own, other in zip(ours, theirs, strict=True)]
    ratio = statistics.median(ratios)
    spread = f" ({min(ratios):.2f}–{max(ratios):.2f})" if len(ratios) > 1 else ""
    return Figure(
        name,
        f"{statistics.median(ours):,.{places}f} {unit}",
        f"{statistics.median(theirs):,.{places}f} {beside}",
        f"{ratio:.2f} ×{spread}",
        budget,
        budget and budget.holds(ratio),
    )


def print_table(title: str, figures: Sequence[Figure]) -> bool:
    """Print a section. Return whether all figures are within their budgets."""
    words = ("", "measured", "reference", "ratio (spread)", "budget")
    head = "".join(f"{word:<{width}} " for word, width in zip(words, COLUMNS, strict=True))
    print(f"\n## {title}\n{head.rstrip()}")
    for figure in figures:
        print(figure)
    print(flush=True)
    return all(figure.holds is not False for figure in figures)
