"""The translations dashboard with many pages, and submitting a tree compared with wagtail-localize."""

from __future__ import annotations

import argparse
from typing import Any

from bench.figures import Budget, Figure, compared, single
from bench.site import Site

QUERIES, SQL, FASTER = Budget(20), Budget(50, unit="ms"), Budget(1, unit="×")
DASHBOARD = Budget(2, unit="×")
REBUILD, UNCHANGED = Budget(8, unit="s"), Budget(3, unit="s")


def measure(site: Site, options: argparse.Namespace) -> list[Figure]:
    """Return the figures of one process on a database with three languages."""
    found = site.run_json("translations", options.pages, options.tree, options.rounds + 2)

    def taken(name: str, what: str) -> list[float]:
        return [each[what] * 1000 for each in found[name]]

    desk, report = found["desk"], found["report"]
    figures = [
        single("dashboard: queries", max(each["queries"] for each in desk), "", QUERIES),
        single("dashboard: SQL", sorted(taken("desk", "sql"))[len(desk) // 2], "ms", SQL),
        beside_report("time", taken("desk", "seconds"), taken("report", "seconds")),
        beside_report("CPU time", taken("desk", "cpu"), taken("report", "cpu")),
        single("report page: queries", max(each["queries"] for each in report), ""),
        rebuilt("status rebuilt, all new", found["rebuild"], REBUILD),
        rebuilt("status rebuilt, nothing new", found["again"], UNCHANGED),
    ]
    ours, theirs = found["ours"], found["theirs"]
    name = f"tree of {options.tree} pages"
    for what, label in (("seconds", "time"), ("cpu", "CPU time")):
        figures.append(
            compared(f"{name}: {label}", [ours[what]], [theirs[what]], "s", beside="s wagtail-localize", budget=FASTER)
        )
    made, wrong = ours["copies"]
    their_made, their_wrong = theirs["copies"]
    right = made == options.tree and not wrong
    figures.append(
        Figure(
            f"{name}: stopped and resumed",
            f"{made} made, {wrong} bad",
            f"{their_made} made, {their_wrong} with a bad count",
            budget=Budget(0),
            holds=right,
        )
    )
    return figures


def beside_report(what: str, dashboard: list[float], report: list[float]) -> Figure:
    return compared(f"dashboard: {what}", dashboard, report, "ms", beside="ms a report page", budget=DASHBOARD)


def rebuilt(name: str, spent: dict[str, Any], budget: Budget) -> Figure:
    counts = f"{spent['queries']} queries, {spent['answer']:,} changed"
    return Figure(name, f"{spent['seconds']:.1f} s", counts, "", budget, budget.holds(spent["seconds"]))
