"""The API's list of 10,000 events, compared with a page of Wagtail's own API that lists as many bare pages."""

from __future__ import annotations

import argparse

from bench.figures import Budget, Figure
from bench.pages import beside_floor, rounds, warm
from bench.site import Site

RATE = Budget(0.8, at_least=True, unit="×")


def measure(site: Site, options: argparse.Namespace) -> list[Figure]:
    """Return the rate of the list beside Wagtail's: kept as other systems get it, and made for every request."""
    paths = site.run_json("api_content", options.many)
    figures = []
    for name, without_cache in (("events, kept", ""), ("events, made anew", "1")):
        with site.serve(f"--workers={options.workers}", REDIS_URL="", BENCH_WITHOUT_CACHE=without_cache) as server:
            warm(server, [paths["floor"], paths["events"]], options)
            found = rounds(server, paths["floor"], {name: paths["events"]}, options)
        figures += beside_floor(name, found[name], RATE if not without_cache else None)
    return figures
