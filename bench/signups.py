"""Sign-ups beside the plain form of ``wagtail.contrib.forms``, and a crowd at desks with few places."""

from __future__ import annotations

import argparse
import statistics
from typing import Any

from bench import visitors
from bench.figures import Budget, Figure, compared
from bench.stage import Stage

BUDGET = Budget(0.9, at_least=True, unit="×")
THREADS = 32


def measure(stage: Stage, built: dict[str, Any], options: argparse.Namespace) -> list[Figure]:
    """Form loaded and sent by eight clients, in short rounds that alternate; then everybody at once."""
    plain, ours = built["paths"]["plain form"], f"/fi/registrations/{built['open']}/"
    theirs: list[tuple[float, float]] = []
    own: list[tuple[float, float]] = []
    with stage.serve(f"--workers={options.workers}", REDIS_URL="") as server:
        for path, good in ((plain, 200), (ours, 302)):
            visitors.form_rate(server, path, 40, first=10_000_000, good=good)
        for number in range(options.form_rounds):
            first = number * options.forms
            pair = [(theirs, plain, 200), (own, ours, 302)]
            for rates, path, good in pair if number % 2 else reversed(pair):
                rates.append(visitors.form_rate(server, path, options.forms, first, good))
    rate = compared(
        f"sign-up, {visitors.CLIENTS} clients",
        [rate for rate, _ in own],
        [rate for rate, _ in theirs],
        "/s",
        beside="/s by the plain form",
        budget=BUDGET,
    )
    cpu = [other / mine for (_, mine), (_, other) in zip(own, theirs, strict=True)]
    beside = Figure(
        "  by CPU time of the web server", "", "", f"{statistics.median(cpu):.2f} × ({min(cpu):.2f}–{max(cpu):.2f})"
    )
    return [rate, beside, *crowds(stage, built["bursts"], options)]


def crowds(stage: Stage, keys: list[str], options: argparse.Namespace) -> list[Figure]:
    """Everybody has the form and sends it at the same moment; as many threads as may be, so that they do race."""
    figures = []
    threads = f"--threads={THREADS // options.workers}"
    with stage.serve(f"--workers={options.workers}", "--worker-class=gthread", threads, REDIS_URL="") as server:
        for key in keys:
            answers = visitors.burst(server.origin, f"/fi/registrations/{key}/", options.crowd)
            confirmed = stage.ask("content", "taken", key)[0]
            holds = confirmed == options.places and not any(status >= 500 for status in answers)
            told = ", ".join(f"{count} × {status}" for status, count in sorted(answers.items()))
            name = f"{options.crowd} at once, {THREADS} threads"
            figures.append(Figure(name, f"{confirmed} confirmed", told, budget=Budget(options.places), holds=holds))
    return figures
