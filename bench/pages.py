"""Pages compared with the floor page, rendered and from the cache, and their query counts."""

from __future__ import annotations

import argparse
from typing import Any

from bench import visitors
from bench.figures import Budget, Figure, compared, single
from bench.site import Server, Site
from tests import services

AS_MADE = "?made=anew"  # a query that pages do not know is never kept
FORM = "event with its form"
UNCACHED, LISTS = Budget(0.6, at_least=True, unit="×"), Budget(0.5, at_least=True, unit="×")
IN_MEMORY, IN_REDIS = Budget(15, at_least=True, unit="×"), Budget(9, at_least=True, unit="×")
QUERIES, GROWTH = Budget(30), Budget(1.2, unit="×")  # queries of the first visit after a change


def measure(site: Site, built: dict[str, Any], options: argparse.Namespace) -> list[Figure]:
    """Measure each page right after the floor page, in several rounds. Budgets apply by the clock and by CPU time."""
    paths: dict[str, str] = built["paths"]
    anew = {name: path + AS_MADE for name, path in paths.items() if name not in ("floor", "plain form")}
    figures = []
    with site.serve(f"--workers={options.workers}", REDIS_URL="") as server:
        warm(server, [paths["floor"], *anew.values(), paths[FORM]], options)
        cached = f"{FORM}, from local memory"
        found = rounds(server, paths["floor"], anew | {cached: paths[FORM]}, options)
        for name in anew:
            figures += beside_floor(name, found[name], LISTS if "list" in name else UNCACHED)
        lists = [found[name] for name in anew if "list" in name]
        spent = [[1 / rate for rate in rates] for _, rates, _ in lists]
        figures.append(
            compared("long list beside the short one", spent[1], spent[0], "s", beside="s", budget=GROWTH, places=4)
        )
        figures += beside_floor(cached, found[cached], IN_MEMORY)
    with services.redis() as address:
        if address is None:
            figures.append(Figure(f"{FORM}, from Redis", "no Redis here"))
        else:
            with site.serve(f"--workers={options.workers}", REDIS_URL=address) as server:
                warm(server, [paths["floor"], paths[FORM]], options)
                name = f"{FORM}, from Redis"
                found = rounds(server, paths["floor"], {name: paths[FORM]}, options)
                figures += beside_floor(name, found[name], IN_REDIS)
    counts = site.run_json("content", "queries", *anew.values())
    for name, (cold, after) in zip(anew, counts, strict=True):
        figures.append(single(f"{name}: queries, caches empty", cold, "", QUERIES))
        figures.append(single(f"{name}: queries after", after, "", QUERIES))
    return figures


def warm(server: Server, paths: list[str], options: argparse.Namespace) -> None:
    """Warm up: the first requests of a process are slow, and a statement is prepared at its fifth execution."""
    for path in [*paths] * 8 * options.workers:
        if (status := visitors.ask(server.origin, "GET", path)[0]) != 200:
            raise RuntimeError(f"{path}: {status}")


Found = tuple[list[float], list[float], list[float]]


def rounds(server: Server, floor: str, paths: dict[str, str], options: argparse.Namespace) -> dict[str, Found]:
    """Return by name the rates of the floor page, the rates of the page, and the ratios of CPU time per request."""
    found: dict[str, Found] = {name: ([], [], []) for name in paths}
    for _ in range(options.rounds):
        for name, path in paths.items():
            (floor_rate, floor_cpu), (rate, cpu) = (
                visitors.page_rate(server, address, options.seconds) for address in (floor, path)
            )
            for values, value in zip(found[name], (floor_rate, rate, floor_cpu / cpu if cpu else 0), strict=True):
                values.append(value)
    return found


def beside_floor(name: str, found: Found, budget: Budget | None) -> list[Figure]:
    floors, rates, cpu = found
    figure = compared(name, rates, floors, "/s", beside="/s of the floor", budget=budget)
    note = compared("  by CPU time of the web server", cpu, [1] * len(cpu), "×", beside="", budget=budget, places=2)
    return [figure, Figure(note.name, "", "", note.ratio, budget, note.holds)]
