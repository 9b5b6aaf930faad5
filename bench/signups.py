"""Registrations compared with a plain form of ``wagtail.contrib.forms``, and many visitors competing for few places."""

from __future__ import annotations

import argparse
import statistics
from typing import Any

from bench import visitors
from bench.figures import Budget, Figure, compared
from bench.site import Server, Site

BUDGET = Budget(0.9, at_least=True, unit="×")
THREADS = 32


def measure(site: Site, built: dict[str, Any], options: argparse.Namespace) -> list[Figure]:
    """Measure loading and sending a form by eight clients, sending it alone, and concurrent registrations."""
    plain, ours = built["paths"]["plain form"], built["paths"]["event with its form"]
    figures = []
    with site.serve(f"--workers={options.workers}", REDIS_URL="") as server:
        for path, good in ((plain, 200), (ours, 302)):
            visitors.form_rate(server, path, 60, first=10_000_000, good=good)
        figures += beside_plain("sign-up: page and form", server, (plain, ours), options, BUDGET)
        figures += beside_plain("sign-up: the POST alone", server, (plain, ours), options, loaded=True)
    return [*figures, *crowds(site, built["bursts"], options)]


def beside_plain(
    name: str,
    server: Server,
    paths: tuple[str, str],
    options: argparse.Namespace,
    budget: Budget | None = None,
    *,
    loaded: bool = False,
) -> list[Figure]:
    """Measure in short alternating rounds; the order alternates too."""
    found: dict[str, list[tuple[float, float]]] = {path: [] for path in paths}
    for number in range(options.form_rounds):
        first = (number + (options.form_rounds if loaded else 0)) * options.forms
        pair = list(zip(paths, (200, 302), strict=True))
        for path, good in pair if number % 2 else reversed(pair):
            found[path].append(visitors.form_rate(server, path, options.forms, first, good, loaded=loaded))
    theirs, own = (found[path] for path in paths)
    cpu = [other / mine for (_, mine), (_, other) in zip(own, theirs, strict=True)]
    rate = compared(
        name,
        [rate for rate, _ in own],
        [rate for rate, _ in theirs],
        "/s",
        beside="/s by the plain form",
        budget=budget,
    )
    median = statistics.median(cpu)
    by_cpu = f"{median:.2f} × ({min(cpu):.2f}–{max(cpu):.2f})"
    return [rate, Figure("  by CPU time of the web server", "", "", by_cpu, BUDGET, BUDGET.holds(median))]


def crowds(site: Site, keys: list[str], options: argparse.Namespace) -> list[Figure]:
    """Have all visitors send the form at the same moment, with as many threads, so that requests compete."""
    figures = []
    threads = f"--threads={THREADS // options.workers}"
    with site.serve(f"--workers={options.workers}", "--worker-class=gthread", threads, REDIS_URL="") as server:
        for key in keys:
            answers = visitors.burst(server.origin, f"/fi/registrations/{key}/", options.crowd)
            confirmed = site.run_json("content", "taken", key)[0]
            holds = confirmed == options.places and not any(status >= 500 for status in answers)
            told = ", ".join(f"{count} × {status}" for status, count in sorted(answers.items()))
            name = f"{options.crowd} at once, {THREADS} threads"
            figures.append(Figure(name, f"{confirmed} confirmed", told, budget=Budget(options.places), holds=holds))
    return figures
