"""Exports of many registrations, compared with those of Wagtail's forms and with the bare iterator."""

from __future__ import annotations

import argparse
import statistics
from typing import Any

from bench.figures import Budget, Figure, compared, single
from bench.site import Site

# A spreadsheet is a file before it leaves (decision 15): its first byte comes with its last.
FIRST_BYTE = {"csv": Budget(0.3, unit="s"), "xlsx": None, "json": Budget(0.3, unit="s")}
MEMORY = {"csv": Budget(30, unit="MiB"), "xlsx": Budget(60, unit="MiB"), "json": Budget(30, unit="MiB")}
# By the clock and by CPU time.
TIME = {"csv": Budget(2, unit="×"), "xlsx": Budget(5, unit="×"), "json": Budget(2, unit="×")}
OURS = tuple(TIME)
THEIRS = ("wagtail-csv", "wagtail-xlsx")


def measure(site: Site, options: argparse.Namespace) -> list[Figure]:
    """Measure each download in a process of its own, ours right after the bare iterator, in several rounds."""
    built = site.run_json("content", "answers", options.registrations)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ("bare", *OURS, *THEIRS)}

    def download(name: str) -> dict[str, float]:
        places = built["forms"] if name in THEIRS else built["desks"]
        return site.run_json("download", name, *places)  # type: ignore[no-any-return]  # as its main prints it

    for _ in range(options.export_rounds):
        for name in ("bare", *OURS):
            found[name].append(download(name))
    for name in THEIRS:
        found[name].append(download(name))

    def median(name: str, what: str) -> float:
        return statistics.median(each[what] for each in found[name])

    figures = [Figure(f"bare iterator, {options.registrations:,} rows", "", *told(found["bare"]))]
    for name in THEIRS:
        figures.append(
            Figure(name.replace("-", "'s own form, ").replace("wagtail", "Wagtail"), "", *told(found[name]))
        )
    for name in OURS:
        taken: dict[str, Any] = {what: [each[what] for each in found[name]] for what in ("total", "cpu")}
        bare: dict[str, Any] = {what: [each[what] for each in found["bare"]] for what in ("total", "cpu")}
        figures += [
            single(f"{name}: first byte", median(name, "first"), "s", FIRST_BYTE[name], places=3),
            single(f"{name}: memory", median(name, "memory"), "MiB", MEMORY[name], places=1),
            compared(
                f"{name}: time", taken["total"], bare["total"], "s", beside="s bare", budget=TIME[name], places=2
            ),
            compared(
                f"{name}: CPU time", taken["cpu"], bare["cpu"], "s", beside="s bare", budget=TIME[name], places=2
            ),
        ]
    return figures


def told(found: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the figures of a reference download, which has no budget."""
    first, total, memory = (statistics.median(each[what] for each in found) for what in ("first", "total", "memory"))
    return f"first {first:.2f} s, {total:.2f} s", f"+{memory:.0f} MiB"
